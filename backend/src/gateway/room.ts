import type { FileSystem } from '@email-gateway/shared';
import type { Facts, FoundRoom } from './facts.ts';

const queueFolder = '/var/spool/postfix';
/** The log is rotated at 50 MiB, and packed beside itself. */
const logRoomBytes = 100 * 1024 * 1024;
const fewFiles = 5000;
/** Where little was left, so much more must be free again: a log that is rotated ends no trouble. */
const ease = 1.25;

/**
 * Whether the file systems of queue and mail log have room, the log's only where it is another one. Little is where ten
 * times that is left with which Postfix refuses mail; on a small disk a tenth of it, but twice that at least. Of inodes the
 * last 5,000, or the last twentieth. Pure.
 *
 * @param before what the look before made of them
 */
export function roomOf(
	{ room, postfix }: Pick< Facts, 'room' | 'postfix' >,
	before: readonly FileSystem[]
): FileSystem[] {
	const queue = room.find( ( { folder } ) => folder === queueFolder );
	const log = room.find( ( found ) => found !== queue && found.system !== queue?.system );
	const refusesBelowBytes = refusesBelow( postfix.parameters );
	const least = ( found: FoundRoom ) =>
		Math.max( 2 * refusesBelowBytes, Math.min( 10 * refusesBelowBytes, tenthOf( found ) ) );
	return [
		...( queue ? [ judged( queue, { of: 'queue', leastBytes: least( queue ), refusesBelowBytes, before } ) ] : [] ),
		...( log
			? [
					judged( log, {
						...{ of: 'log', leastBytes: Math.min( logRoomBytes, tenthOf( log ) ), before },
						refusesBelowBytes: 0,
					} ),
			  ]
			: [] ),
	];
}

const tenthOf = ( { blocks, blockBytes }: FoundRoom ) => ( blocks * blockBytes ) / 10;

function judged(
	{ folder, blockBytes, freeBlocks, inodes, freeInodes }: FoundRoom,
	{
		of,
		leastBytes,
		refusesBelowBytes,
		before,
	}: Pick< FileSystem, 'of' | 'refusesBelowBytes' > & { leastBytes: number; before: readonly FileSystem[] }
): FileSystem {
	const lacked = before.find( ( one ) => one.of === of )?.lacks ?? null;
	const isBelow = ( what: FileSystem[ 'lacks' ], free: number, least: number ) =>
		free < least * ( lacked === what ? ease : 1 );
	const freeBytes = freeBlocks * blockBytes;
	const freeFiles = inodes === 0 ? null : freeInodes;
	const lacksFiles = freeFiles !== null && isBelow( 'files', freeFiles, Math.min( fewFiles, inodes / 20 ) );
	const lacks = isBelow( 'space', freeBytes, leastBytes ) ? 'space' : lacksFiles ? 'files' : null;
	return { of, folder, freeBytes, freeFiles, lacks, refusesBelowBytes };
}

/**
 * smtpd answers `452 4.3.1 Insufficient system storage` where no more than queue_minfree, or 1.5 times the largest message,
 * is free (postconf(5), queue_minfree). sendmail does not ask for that: it ends with 75 once nothing is left.
 */
function refusesBelow( parameters: readonly string[] ): number {
	const numberOf = ( name: string, usual: number ) => {
		const line = parameters.find( ( one ) => one.startsWith( `${ name } = ` ) );
		const value = Number( line?.slice( name.length + 3 ) ?? usual );
		return Number.isSafeInteger( value ) && value >= 0 ? value : usual;
	};
	return Math.max( numberOf( 'queue_minfree', 0 ), 1.5 * numberOf( 'message_size_limit', 10_240_000 ) );
}
