internal import Glibc
internal import QServerCommands

exit(await Program.consoleMonitor.run(CommandLine.arguments.dropFirst().map { $0 }))
