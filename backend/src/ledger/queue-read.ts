/** One message as a server tells of its queue. */
export interface SeenInQueue {
	id: string;
	/** Nothing tries it until a person says so. */
	isHeld: boolean;
	/** When it arrived, in seconds since the epoch, by the server's clock. */
	at: number;
	bytes: number;
	recipients: number;
	/** Of the sender; null for notices. */
	domain: string | null;
	/** What its last try has met, as the log says it; empty where nothing was tried. */
	reason: string;
}

/** What was in a queue. */
export interface QueueRead {
	total: number;
	/** Of those, as many as are listed. */
	messages: SeenInQueue[];
}
