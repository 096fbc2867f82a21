import type { Time } from './tables.ts';

/** How much a Unix user of a server may send. */
export interface CapTable {
	/** Id of the server's row. */
	server: string;
	/** 0: of all who have none of their own. */
	uid: number;
	/** Never held; then there are no numbers. */
	never: boolean;
	hour: number | null;
	day: number | null;
	/** Percent. */
	refused: number | null;
	at: Time;
	/** Login of who set it. */
	by: string;
}
