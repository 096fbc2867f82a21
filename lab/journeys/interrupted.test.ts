import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JobEvent, JobView, ServerView } from '@email-gateway/shared';
import type { Browser } from 'playwright-core';
import { startBackend } from '../backend/start.ts';
import type { LabServer } from '../state.ts';
import { runningProcess, stopProcess } from '../system/processes.ts';
import { openBrowser, screenshot, signIn } from './browser.ts';
import { changePassword } from './inbox.ts';
import { runningLab } from './lab.ts';
import { readRest } from './rest.ts';
import { ServerScreen } from './server-screen.ts';
import { onServer } from './server.ts';

const lab = runningLab();
const server = lab.servers.find( ( one ) => one.owner === 'admin' ) as LabServer;

interface Job {
	job: JobView;
	events: JobEvent[];
}

describe( 'an install that is cut off in the middle', () => {
	let browser: Browser;
	let screen: ServerScreen;

	beforeAll( async () => {
		await changePassword( lab, lab.provider.password );
		browser = await openBrowser();
		const { url, adminUser: user, adminPassword: password } = lab.wordpress;
		screen = new ServerScreen( ( await signIn( browser, { url, user, password } ) ).page, lab, server );
	}, 120_000 );

	afterAll( () => browser?.close() );

	const currentJob = async (): Promise< Job > => {
		const { job } = await readRest< ServerView >( screen.page, `/servers/${ server.postId }` );
		return readRest< Job >( screen.page, `/servers/${ server.postId }/jobs/${ job?.jobId }` );
	};

	/** Starts an install and comes back while packages are being installed on the server. */
	const startInstall = async () => {
		await screen.open();
		await screen.fill( { password: lab.provider.password, sendingDomain: 'site.example' } );
		await screen.begin( 'install_gateway', screen.button( 'Install Email Gateway' ) );
		const end = Date.now() + 60_000;
		while ( Date.now() < end ) {
			const { job, events } = await currentJob();
			if ( job.state === 'running' && events.some( ( event ) => 'step' in event && event.step === 'packages' ) ) {
				return job.jobId;
			}
			if ( job.finishedAt !== null ) {
				throw new Error( `The install ended before its packages: ${ JSON.stringify( job ) }` );
			}
			// the API limits how often one person may ask
			await pause( 200 );
		}
		throw new Error( 'The install never came to its packages' );
	};

	const expectOneLog = ( { job, events }: Job, jobId: string ) => {
		expect( job ).toMatchObject( { jobId, state: 'succeeded', error: null } );
		expect( events.map( ( event ) => event.seq ) ).toEqual( events.map( ( _event, index ) => index + 1 ) );
		const finished = events.flatMap( ( event ) => ( event.type === 'step_finished' ? [ event.step ] : [] ) );
		expect( finished.filter( ( step ) => step === 'packages' ) ).toHaveLength( 1 );
		expect( finished.filter( ( step ) => step === 'commit' ) ).toHaveLength( 1 );
	};

	test( 'the backend killed with -9: it ends installed, in one event log', async () => {
		const jobId = await startInstall();
		const backend = await runningProcess( 'backend' );
		process.kill( -( backend?.pid ?? NaN ), 'SIGKILL' );
		await stopProcess( 'backend' );
		await screenshot( screen.page, 'interrupted-backend-down' );
		await startBackend( { signal: AbortSignal.timeout( 60_000 ) } );
		await screen.ends( 'install_gateway' );
		const after = await currentJob();
		expectOneLog( after, jobId );
		expect( after.events.map( ( event ) => event.type ) ).toContain( 'taken_up_again' );
		await screen.remove();
	}, 300_000 );

	test( 'the SSH connection cut: it ends installed, in one event log', async () => {
		const jobId = await startInstall();
		const cut = 'pkill -o -f "sshd.*notty" || true; pkill -f "sshd.*notty"';
		await onServer( server, `systemd-run --quiet --no-block sh -c '${ cut }'` ).catch( () => '' );
		await screen.ends( 'install_gateway' );
		expectOneLog( await currentJob(), jobId );
		await screenshot( screen.page, 'interrupted-connection-cut' );
		await screen.remove();
	}, 300_000 );
} );
