internal import Glibc
internal import QServerCommands

exit(await Program.kernelConsole.run(CommandLine.arguments.dropFirst().map { $0 }))
