// Loaded into a process that is measured: says at its end how much memory it held at most.
process.on('exit', () => process.stderr.write(`\npeak ${process.resourceUsage().maxRSS} kB\n`));
