// Loaded into the server before its own code: when the launcher is gone, even by a kill -9, the server ends as if told to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The line to the launcher alone is no reason to go on.
process.channel?.unref();
