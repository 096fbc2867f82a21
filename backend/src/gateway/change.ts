import type { Desired } from './desired.ts';
import type { Marker } from './facts.ts';

/** What a change begins from, as a look found it. */
export interface Base {
	/** The next change writes another one beside it. */
	generation: number;
	/** Another one that appears before the change belongs to somebody who was faster. */
	marker: Marker | null;
	/** The job whose log lies on the server: the same job attaches to it even where nothing is left to do. */
	lastJob: string | null;
}

export const baseOf = ( { generation, marker, lastJob }: Base ): Base => ( { generation, marker, lastJob } );

/** From where a server is brought to what. */
export interface Change {
	desired: Desired;
	base: Base;
}
