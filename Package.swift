// swift-tools-version: 6.2
// The targets, bottom first: the file is the map. Arrows in ARCHITECTURE.md.
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let mathLibrary: [LinkerSetting] = [.linkedLibrary("m", .when(platforms: [.linux]))]

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

let package = Package(
  name: "plumbline",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "plumbline", targets: ["plumbline"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird",
      from: "2.28.1",
      traits: ["FullFoundation"]
    ),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "PlumblineStatistics",
      swiftSettings: settings,
      linkerSettings: mathLibrary
    ),
    .target(name: "PlumblineCore", dependencies: ["PlumblineStatistics"], swiftSettings: settings),

    .target(
      name: "PlumblineOracle",
      dependencies: ["PlumblineCore", "PlumblineStatistics"],
      swiftSettings: settings
    ),

    // Edges: each knows only Core (and, where a file format is shared, the reader of it).
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CMemory"),
    .target(name: "PlumblineAssets", exclude: ["report.css", "web"]),
    .target(
      name: "PlumblineYAML",
      dependencies: ["PlumblineCore", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings
    ),
    .target(
      name: "PlumblineAgreement",
      dependencies: [
        "PlumblineCore", "PlumblineYAML", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "PlumblineConnectors",
      dependencies: [
        "PlumblineCore", "PlumblineYAML", "CZlib",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings
    ),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(
      name: "PlumblineDelivery",
      dependencies: ["CCurl", "PlumblineCore", "PlumblineYAML"],
      swiftSettings: settings
    ),
    .target(
      name: "PlumblineStorage",
      dependencies: [
        "CMemory", "PlumblineCore", "PlumblineStatistics",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "PlumblineReporting",
      dependencies: ["PlumblineAssets", "PlumblineCore", "PlumblineStatistics"],
      swiftSettings: settings
    ),

    // Every question is one command, whichever door it is asked through.
    .target(
      name: "PlumblineCommands",
      dependencies: [
        "CMemory", "PlumblineAgreement", "PlumblineConnectors", "PlumblineCore",
        "PlumblineDelivery",
        "PlumblineOracle", "PlumblineReporting", "PlumblineStatistics", "PlumblineStorage",
        "PlumblineYAML", argumentParser, .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: settings
    ),
    .target(
      name: "PlumblineWeb",
      dependencies: [
        "PlumblineAgreement", "PlumblineAssets", "PlumblineCommands", "PlumblineConnectors",
        "PlumblineCore", "PlumblineDelivery", "PlumblineReporting", "PlumblineStatistics",
        "PlumblineStorage", "PlumblineYAML", argumentParser,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "plumbline",
      dependencies: [
        "PlumblineCommands", "PlumblineCore", "PlumblineReporting", "PlumblineWeb", argumentParser,
      ],
      swiftSettings: settings
    ),

    .target(
      name: "PlumblineTestSupport",
      dependencies: ["PlumblineCore", "PlumblineOracle", "PlumblineStatistics"],
      path: "Tests/PlumblineTestSupport",
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineStatisticsTests",
      dependencies: ["PlumblineOracle", "PlumblineStatistics", "PlumblineTestSupport"],
      exclude: ["References"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineCoreTests",
      dependencies: [
        "PlumblineCore", "PlumblineOracle", "PlumblineStatistics", "PlumblineTestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineOracleTests",
      dependencies: [
        "PlumblineCore", "PlumblineOracle", "PlumblineStatistics", "PlumblineTestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineYAMLTests",
      dependencies: ["PlumblineCore", "PlumblineYAML", "PlumblineTestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineAgreementTests",
      dependencies: [
        "PlumblineAgreement", "PlumblineCore", "PlumblineYAML", "PlumblineTestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineConnectorsTests",
      dependencies: [
        "PlumblineAgreement", "PlumblineConnectors", "PlumblineCore", "PlumblineStatistics",
        "PlumblineTestSupport",
        "PlumblineYAML",
      ],
      exclude: ["Files/RealData/Counts"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineDeliveryTests",
      dependencies: [
        "CCurl", "PlumblineCore", "PlumblineDelivery", "PlumblineReporting", "PlumblineStorage",
        "PlumblineTestSupport",
      ],
      exclude: ["Servers"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineStorageTests",
      dependencies: [
        "PlumblineCore", "PlumblineStatistics", "PlumblineStorage", "PlumblineTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineReportingTests",
      dependencies: [
        "PlumblineCore", "PlumblineOracle", "PlumblineReporting", "PlumblineStatistics",
        "PlumblineTestSupport",
      ],
      exclude: ["Goldens"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineWebTests",
      dependencies: [
        "PlumblineAgreement", "PlumblineCommands", "PlumblineCore", "PlumblineDelivery",
        "PlumblineReporting", "PlumblineStatistics", "PlumblineStorage", "PlumblineTestSupport",
        "PlumblineWeb", argumentParser,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "PlumblineCommandTests",
      dependencies: [
        "plumbline", "PlumblineCommands", "PlumblineCore", "PlumblineStatistics",
        "PlumblineStorage", "PlumblineTestSupport", argumentParser,
      ],
      swiftSettings: settings
    ),
  ]
)
