internal import ArgumentParser

/// The word `background` at the end of a command.
enum BackgroundWord: String, ExpressibleByArgument, CaseIterable { case background }
