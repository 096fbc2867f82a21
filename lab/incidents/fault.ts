import type { AlertTrouble } from '@email-gateway/shared';
import type { Faults } from '../provider/faults.ts';

/** One thing that goes wrong on one server, and what must be told of it. */
export interface IncidentFault {
	/** For `--only`. */
	name: string;
	what: string;
	/** Any of them is right: which of two stands first is a matter of taste. */
	expected: readonly AlertTrouble[];
	/** It shows only while a site sends, from when its first mail waits: its server is looked at each minute. */
	needsMail?: true;
	/** It is trouble only when its first mail arrived so long ago. */
	visibleAfterMs?: number;
	begin( place: Place ): Promise< void >;
	heal( place: Place ): Promise< void >;
}

/** A server on which a fault is played, and every way to it. */
export interface Place {
	/** Runs a script as root by SSH. */
	shell( script: string ): Promise< string >;
	/** The same past SSH, as at the console that a hoster offers. */
	console( script: string ): Promise< void >;
	/** Drops or resets what comes to sshd; null: lets it in. */
	closeSsh( how: 'drop' | 'reject' | null ): Promise< void >;
	/** Its cloud drops what it sends to these ports. */
	blockPorts( ports: readonly number[] ): Promise< void >;
	/** Nothing runs there any more, and nothing ends, either. */
	freeze( frozen: boolean ): Promise< void >;
	power( on: boolean ): Promise< void >;
	/** What the provider does with this server's own account. */
	atAccount( faults: NonNullable< Faults[ 'atAccount' ] >[ string ] | null ): Promise< void >;
	/** Gives its account another password at the provider, or the one that is installed. */
	changePassword( how: 'another' | 'installed' ): Promise< void >;
	/** Resolves when mail waits there after a try, with when that was and when it arrived; milliseconds since the epoch. */
	untilMailWaits(): Promise< { atMs: number; arrivedAtMs: number } >;
	/** The button Reinstall Email Gateway. */
	reinstall(): Promise< void >;
	/** The button Deliver Waiting Mail. */
	deliver(): Promise< void >;
}
