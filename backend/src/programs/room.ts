/** Reads a line `room` of facts.sh. A number that is not told is none; one that is beyond all disks is only very large. */
export function parseRoom( line: string ) {
	const [ folder, system, ...numbers ] = line.split( ' ' );
	const [ blockBytes, blocks, freeBlocks, inodes, freeInodes ] = numbers.map( ( number ) =>
		Math.min( Number( number || 'missing' ), Number.MAX_SAFE_INTEGER )
	);
	return { folder, system, blockBytes, blocks, freeBlocks, inodes, freeInodes };
}
