// Imported before all else: Node makes its threads at the first use of one. Names are looked up on half of them, and one
// whose resolver says nothing holds its thread for ten seconds and longer: with Node's four threads, two such servers
// would hold up everybody's. As many as there are looks, jobs and alerts at once, twice.
process.env.UV_THREADPOOL_SIZE ??= '64';
