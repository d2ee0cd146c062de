"""The parts of ../run.py: processes, systems, answers, bandwidth and the report."""
