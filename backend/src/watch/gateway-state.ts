import type { GatewayState } from '@email-gateway/shared';
import type { Job } from '../db/jobs.ts';
import type { Server } from '../db/servers.ts';
import type { Watch } from '../db/watches.ts';
import { conditionOf, conditionOfWaiting } from '../gateway/observation.ts';

/** What nobody has looked at for so long is not known: six looks were missed, or nobody can look without a person. */
export const knownForMs = 30 * 60_000;

export interface Known {
	server: Server;
	/** The newest job. */
	job: Job | undefined;
	/** Undefined where nobody looks regularly. */
	watch: Pick< Watch, 'state' > | undefined;
	nowMs: number;
}

/** The pill. A running change comes first, then what the last look saw; a test email counts until a look is newer. */
export function gatewayState( known: Known ): GatewayState {
	const { server, job, watch, nowMs } = known;
	const isLive = job?.state === 'queued' || job?.state === 'running';
	if ( isLive && job.verb === 'install_gateway' ) {
		return 'installing';
	}
	if ( isLive && job.verb === 'remove_gateway' ) {
		return 'removing';
	}
	if ( server.hostKey?.state !== 'trusted' ) {
		return 'not_connected';
	}
	if ( server.unfinished ) {
		return 'unfinished';
	}
	if ( server.installedVersion === null ) {
		return server.lastLook?.gateway === 'ours' ? 'installed' : 'not_installed';
	}
	if ( watch?.state === 'unreachable' || watch?.state === 'replaced' ) {
		return watch.state;
	}
	const seen = stateSeen( server );
	const isKnown = nowMs - Date.parse( checkedAt( server ) ?? '' ) <= knownForMs;
	return isKnown || seen === 'stopped' || seen === 'differs' ? seen : 'not_checked';
}

/** When something was last known of the gateway: by a look or by a test email. ISO time. */
export function checkedAt( { lastLook: look, lastTest: test }: Server ): string | null {
	const times = [ look?.at, test?.at ].filter( ( at ) => at !== undefined );
	return times.toSorted().at( -1 ) ?? null;
}

function stateSeen( server: Server ): GatewayState {
	const state = stateOfMail( server );
	const isWell = state === 'working' || state === 'installed';
	return isWell && server.lastLook?.mail?.clock?.isWrong ? 'clock_wrong' : state;
}

function stateOfMail( { lastLook: look, lastTest: test }: Server ): GatewayState {
	const mail = look?.mail;
	const seen = mail ? conditionOf( mail ) : 'right';
	const isTestNewer = ( test?.at ?? '' ) > ( look?.at ?? '' );
	// a mail that the provider took since then shows that it runs
	if ( seen !== 'right' && ! ( seen === 'stopped' && isTestNewer && test?.outcome === 'accepted' ) ) {
		return seen;
	}
	if ( mail?.room?.some( ( { lacks } ) => lacks !== null ) ) {
		return 'disk_low';
	}
	if ( mail && ! isTestNewer ) {
		if ( mail.stuck > 0 ) {
			return conditionOfWaiting( mail );
		}
		if ( test?.outcome === 'waiting' ) {
			// it left the queue since
			return 'working';
		}
		if ( test?.outcome === 'elsewhere' ) {
			// the look compared all of it since, and found it right
			return 'installed';
		}
	}
	return test === null ? 'installed' : ofTest[ test.outcome ];
}

const ofTest = {
	accepted: 'working',
	waiting: 'waiting',
	refused: 'refused',
	elsewhere: 'differs',
	sandboxed: 'installed',
	held: 'installed',
} as const;
