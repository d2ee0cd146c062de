"""`plumbline mcp` as an assistant's program speaks with it: lines of JSON over pipes."""

import json
import subprocess
import unittest

from stage import STAGE


class Assistant(unittest.TestCase):
    """The program as it is released."""

    def ask(self, *messages):
        """What comes back to some messages, a list in their order."""
        workspace = STAGE.office.workspace
        done = subprocess.run(
            [STAGE.binary, "mcp", "--workspace", workspace],
            input="".join(json.dumps(message) + "\n" for message in messages),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    @staticmethod
    def call(number, name, **arguments):
        parameters = {"name": name, "arguments": arguments}
        return {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": parameters}

    def test_tools_give_what_the_command_prints(self):
        greeting, listed, funnel, alerts = self.ask(
            {
                "jsonrpc": "2.0",
                "id": 0,
                "method": "initialize",
                "params": {"protocolVersion": "2025-06-18", "capabilities": {}},
            },
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
            self.call(2, "funnel", by="channel"),
            self.call(3, "alerts_list"),
        )
        self.assertEqual(greeting["result"]["protocolVersion"], "2025-06-18")
        names = {tool["name"] for tool in listed["result"]["tools"]}
        self.assertTrue({"funnel", "diagnose", "show_lead"} <= names, names)
        for answer in (funnel, alerts):
            self.assertFalse(answer["result"]["isError"], answer)
        printed = STAGE.command(
            "funnel", "--by", "channel", "--format", "json", "--workspace", STAGE.office.workspace
        )
        self.assertEqual(funnel["result"]["content"][0]["text"], printed)


if __name__ == "__main__":
    unittest.main()
