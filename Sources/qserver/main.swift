internal import Glibc
internal import QServerCommands

exit(await QServer.run(CommandLine.arguments.dropFirst().map { $0 }))
