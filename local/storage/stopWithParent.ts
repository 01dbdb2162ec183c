/** Loaded into Azurite's process: whoever started it is gone (or lets go of it), so it closes its files and ends. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

export {};
