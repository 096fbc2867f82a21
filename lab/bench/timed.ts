/** How long it takes, in milliseconds. */
export async function timed( act: () => Promise< unknown > ): Promise< number > {
	const from = performance.now();
	await act();
	return performance.now() - from;
}
