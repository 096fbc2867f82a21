import type { JobResult, JobView, ServerView, Verb } from '@email-gateway/shared';
import { call, type CallInput, type RouteName } from '../api/call.ts';
import type { Problem } from '../api/problem.ts';
import { useRequest } from '../api/use-request.ts';
import { useJob, type TrackedJob } from './use-job.ts';

/** The calls that begin a job on a server, with the verb of the job. */
const verbOf = {
	saveConnection: 'check_connection',
	checkConnection: 'check_connection',
	trustHostKey: 'check_connection',
	installGateway: 'install_gateway',
	useIncludedGateway: 'install_gateway',
	previewChanges: 'preview_changes',
	checkSettings: 'check_settings',
	findSettings: 'find_settings',
	sendTestEmail: 'send_test_email',
	deliverWaitingMail: 'deliver_waiting_mail',
	deliverFormerMail: 'deliver_former_mail',
	refreshQueue: 'read_queue',
	changeQueue: 'change_queue',
	pauseSite: 'pause_site',
	resumeSite: 'resume_site',
	previewSandbox: 'preview_sandbox',
	checkRoute: 'check_route',
	setRoute: 'set_route',
	removeRoute: 'remove_route',
	routeOthers: 'route_others',
	switchRouteToBackup: 'set_route',
	switchRouteBack: 'set_route',
	turnOnSandbox: 'turn_on_sandbox',
	turnOffSandbox: 'turn_off_sandbox',
	capSite: 'cap_site',
	previewDoors: 'preview_doors',
	changeDoors: 'change_doors',
	removeGateway: 'remove_gateway',
} as const satisfies Partial< Record< RouteName, Verb > >;

export type JobCallName = keyof typeof verbOf;

interface Screen {
	/** `job`: the server's last one, which a reload resumes. */
	view: Pick< ServerView, 'serverId' | 'job' >;
	/** Asks for the view again. */
	onChange?: () => void;
	/** A job that was active here has ended; the view is asked for after it. */
	onEnd?: ( job: JobView ) => void;
}

/** Where the call stands. */
export interface JobCallState {
	/** Fields were changed: what was said of them, or of the last job, may no longer hold. */
	changed: ( names: string[] ) => void;
	/** While it is sent. */
	busy: boolean;
	problem: Problem | null;
	job: TrackedJob | null;
	/** While its job waits or runs. */
	active: boolean;
	/** How a job that was followed in this visit ended well. */
	result: JobResult | null;
}

export interface JobCall< Name extends JobCallName > extends JobCallState {
	/** Sends it and follows the job that it begins. False where it was refused; then `problem` tells why. */
	ask: < Asked extends Name >( name: Asked, body?: CallInput< Asked >[ 'body' ] ) => Promise< boolean >;
	/** Follows a job that another part of the screen has begun. */
	follow: ( jobId: string, name: Name ) => void;
}

/** Ask → start → follow → outcome, for the calls of one part of a server's screen. `names` must stay the same. */
export function useJobCall< Name extends JobCallName >(
	names: readonly Name[],
	{ view, onChange, onEnd }: Screen
): JobCall< Name > {
	const { serverId } = view;
	const request = useRequest();
	const ended = ( job: JobView ) => {
		onEnd?.( job );
		onChange?.();
	};
	const verbs = names.map( ( name ) => verbOf[ name ] );
	const { job, start, hide } = useJob( { serverId, verbs, latest: view.job, onEnd: ended } );
	return {
		ask: async ( name, body ) => {
			hide();
			const accepted = await request.send< { jobId: string } >( () => call( name, { serverId, body } ) );
			if ( accepted ) {
				start( accepted.jobId, verbOf[ name ] );
				onChange?.();
			}
			return accepted !== null;
		},
		follow: ( jobId, name ) => start( jobId, verbOf[ name ] ),
		changed: ( fields ) => {
			request.changed( fields );
			hide();
		},
		busy: request.busy,
		problem: request.problem,
		job,
		active: job?.active === true,
		result: job?.fresh ? job.watch.job?.result ?? null : null,
	};
}
