import type { ServerClock } from '../gateway/log-time.ts';

/** How far a log was read. Rotation gives its file another name, so the file is known by how it begins. */
export interface LogCursor {
	/** Digest of the file's first bytes; empty: nothing was read yet. */
	head: string;
	/** Bytes of it that were read. */
	position: number;
}

/** What a server told of its log after a cursor. */
export interface LogPiece {
	/** What it was asked for. */
	after: LogCursor;
	/** False: what followed on the cursor is gone, or was never there. */
	follows: boolean;
	/** Where it ends. */
	next: LogCursor;
	/** Whole lines, without control characters. */
	lines: string[];
	/** There is more now. */
	isMore: boolean;
	clock: ServerClock;
	/** Names of Unix users in it. */
	users: { uid: number; name: string }[];
}
