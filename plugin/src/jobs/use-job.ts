import { useCallback, useEffect, useRef, useState } from '@wordpress/element';
import { doAction } from '@wordpress/hooks';
import type { JobView, Verb } from '@email-gateway/shared';
import { follow, unseen, type JobWatch } from './follow.ts';
import { keepDismissed, readDismissed } from './dismissed.ts';
import { hasEnded } from './steps.ts';
import { useLatest } from '../ui/use-latest.ts';

export interface TrackedJob {
	jobId: string;
	serverId: number;
	verb: Verb;
	watch: JobWatch;
	/** True while it waits or runs. */
	active: boolean;
	/** True where it was started or seen running in this visit: its good end is news. */
	fresh: boolean;
	/** Asks again, after it gave up. */
	retry: () => void;
	/** Asks for the steps of a job that ended before this visit: few people want them, and the view tells how it ended. */
	readSteps: () => void;
	/** The person has read how it ended, and need not read it at the next visit. */
	dismiss: () => void;
}

interface Tracking {
	serverId: number;
	/** The verbs of this part of the screen. */
	verbs: readonly Verb[];
	/** The server's last job, from its view: a reload resumes it. */
	latest: JobView | null;
	/** Called once when a job that was active here has ended. */
	onEnd: ( job: JobView ) => void;
}

/** A job of another part of the screen came later: what this one said no longer holds. */
function isPast( job: JobView | null, latest: JobView | null ): boolean {
	return job !== null && latest !== null && hasEnded( job.state ) && latest.createdAt > job.createdAt;
}

interface Reference {
	jobId: string;
	verb: Verb;
	fresh: boolean;
	/** Its events are asked for. */
	reads: boolean;
}

/** Follows the job of one part of the screen: the one started here, or the server's last one after a reload. */
export function useJob( { serverId, verbs, latest, onEnd }: Tracking ): {
	job: TrackedJob | null;
	start: ( jobId: string, verb: Verb ) => void;
	/** How it ended may no longer be true: something was typed, or is asked again. A job that goes on stays. */
	hide: () => void;
} {
	const [ reference, setReference ] = useState< Reference | null >( null );
	const [ watch, setWatch ] = useState< JobWatch >( unseen );
	const [ attempt, setAttempt ] = useState( 0 );
	const [ hidden, setHidden ] = useState( () => readDismissed( serverId ) );
	const drawn = useLatest( { verbs, watch, reference, hidden, onEnd } );

	const ended = watch.gaveUp || ( watch.job !== null && hasEnded( watch.job.state ) );
	const active = reference !== null && ! ended;
	const jobId = reference?.jobId ?? null;
	const isRead = reference?.reads === true;

	useEffect( () => {
		if ( ! latest || active || latest.jobId === jobId || ! drawn.current.verbs.includes( latest.verb ) ) {
			return;
		}
		const { job } = drawn.current.watch;
		// The view may be older than the job that has just ended here: it must not bring an earlier one back.
		if ( job !== null && latest.createdAt <= job.createdAt ) {
			return;
		}
		// What the view knows of it already: an ended job never looks as if it waited.
		setWatch( { ...unseen, job: latest } );
		const fresh = ! hasEnded( latest.state );
		// what a cancelled one left behind is told by its last event alone
		const reads = latest.state === 'cancelled' ? drawn.current.hidden !== latest.jobId : fresh;
		setReference( { jobId: latest.jobId, verb: latest.verb, fresh, reads } );
	}, [ latest, active, jobId, drawn ] );

	// The server was forgotten, with its jobs.
	const hadLatest = useRef( false );
	useEffect( () => {
		if ( hadLatest.current && ! latest ) {
			setReference( null );
		}
		hadLatest.current = latest !== null;
	}, [ latest ] );

	useEffect( () => {
		if ( jobId === null || ! isRead ) {
			return;
		}
		const stop = new AbortController();
		let wasActive = false;
		const seen = ( next: JobWatch ) => {
			setWatch( next );
			if ( next.job && hasEnded( next.job.state ) ) {
				if ( wasActive || drawn.current.reference?.fresh ) {
					drawn.current.onEnd( next.job );
					doAction( 'emailGateway.jobEnded', next.job );
				}
				return;
			}
			wasActive = true;
		};
		void follow( { serverId, jobId }, { seen, signal: stop.signal, from: drawn.current.watch } );
		return () => stop.abort();
	}, [ serverId, jobId, isRead, attempt, drawn ] );

	const start = useCallback( ( startedId: string, verb: Verb ) => {
		setWatch( unseen );
		setReference( { jobId: startedId, verb, fresh: true, reads: true } );
		setAttempt( ( count ) => count + 1 );
	}, [] );
	const retry = useCallback( () => {
		setWatch( ( last ) => ( { ...last, gaveUp: false, trouble: null } ) );
		setAttempt( ( count ) => count + 1 );
	}, [] );

	const readSteps = useCallback( () => setReference( ( one ) => one && { ...one, reads: true } ), [] );

	const hide = useCallback( () => setHidden( jobId ), [ jobId ] );
	const dismiss = () => {
		keepDismissed( serverId, jobId );
		hide();
	};

	if ( ! reference || isPast( watch.job, latest ) || ( ! active && hidden === jobId ) ) {
		return { job: null, start, hide };
	}
	return { job: { ...reference, serverId, watch, active, retry, readSteps, dismiss }, start, hide };
}
