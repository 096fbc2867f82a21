import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { GatewayError } from '../errors.ts';
import { connectTo, serverOf } from '../ssh/test-servers.ts';
import type { Remote } from '../ssh/remote.ts';
import { apply } from './apply.ts';
import { remove } from './remove.ts';
import { beginOn, follower, install, planFor, removeIfThere, say, stateOf, wholeRun } from './test-gateway.ts';

jest.setTimeout( 300_000 );

const codeOf = ( promise: Promise< unknown > ) =>
	promise.then(
		() => 'resolved',
		( error: unknown ) => ( error as GatewayError ).code
	);

describe( 'an install that is disturbed, on a real debian13', () => {
	const server = serverOf( 'debian13' );
	let remote: Remote;
	let before: string[];

	beforeAll( async () => {
		( { remote, before } = await beginOn( server ) );
	} );
	afterEach( () => removeIfThere( remote ) );
	afterAll( () => remote.close() );

	test( 'goes on without its connection, and the next call attaches to it', async () => {
		const cut = await connectTo( server );
		const jobId = randomUUID();
		const { steps, ...change } = await planFor( cut );
		const first = follower( { onStep: ( line ) => line === 'packages started' && cut.close() } );
		expect( await codeOf( apply( cut, { ...change, jobId, plan: steps }, first ) ) ).toBe( 'connection_lost' );

		const again = follower();
		const second = await planFor( remote );
		await apply( remote, { ...second, jobId, plan: second.steps }, again );

		expect( again.told.map( ( { serverSeq } ) => serverSeq ) ).toEqual(
			Array.from( { length: 12 }, ( _, index ) => index + 1 )
		);
		expect( again.told.filter( ( { line } ) => line === 'packages started' ) ).toHaveLength( 1 );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );

		const replayed = follower();
		await apply( remote, { ...change, base: { ...change.base, lastJob: jobId }, jobId, plan: [] }, replayed );
		expect( replayed.told ).toEqual( again.told );
	} );

	test( 'is not begun anew where it ends while the next call waits for its lock', async () => {
		const jobId = randomUUID();
		const { steps, ...change } = await planFor( remote );
		const first = follower();
		await apply( remote, { ...change, jobId, plan: steps }, first );
		const installed = await planFor( remote );
		const held = await say(
			remote,
			`cd /var/lib/email-gateway && mv job.${ jobId }/result aside
			setsid flock /run/email-gateway.lock sh -c 'sleep 1.5; mv aside job.${ jobId }/result' </dev/null >/dev/null 2>&1 &
			sleep 0.3; flock -n /run/email-gateway.lock true || echo held`
		);

		const again = follower();
		await apply( remote, { ...installed, jobId, plan: installed.steps }, again );

		expect( held ).toBe( 'held\n' );
		expect( again.told ).toEqual( first.told );
		expect( await say( remote, 'flock -w 120 /run/email-gateway.lock ls -d /etc/postfix/gateway-*' ) ).toBe(
			'/etc/postfix/gateway-1\n'
		);
	} );

	test( 'is begun once where its folder is put away while it waits for the lock', async () => {
		const { steps, ...change } = await planFor( remote );
		await say(
			remote,
			`mkdir -p /var/lib/email-gateway
			setsid flock /run/email-gateway.lock sh -c 'sleep 1.2; rm -rf /var/lib/email-gateway' </dev/null >/dev/null 2>&1 &
			sleep 0.3`
		);

		const follow = follower();
		await apply( remote, { ...change, jobId: randomUUID(), plan: steps }, follow );

		// a second run beside the first would begin with a repair
		expect( follow.told.map( ( { line } ) => line ) ).toEqual( wholeRun );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );

	test( 'waits for a run that a former version has begun, and takes no other with it', async () => {
		const { steps, ...change } = await planFor( remote );
		await say(
			remote,
			`mkdir -p -m 0700 /var/lib/email-gateway
			printf former >/var/lib/email-gateway/owner
			setsid flock /var/lib/email-gateway/lock sleep 6 </dev/null >/dev/null 2>&1 &
			sleep 0.3`
		);
		const busy = ( await planFor( remote ) ).facts.unfinished;
		expect( busy ).toEqual( { jobId: 'former', running: true } );

		const follow = follower();
		await apply( remote, { ...change, jobId: randomUUID(), plan: steps }, follow );

		expect( follow.told.map( ( { line } ) => line ) ).toEqual( wholeRun );
		expect( await say( remote, 'ls /var/lib/email-gateway/lock 2>&1 | grep -c such' ) ).toBe( '1\n' );
	} );

	test( 'is repaired and finished after its worker was killed on the server', async () => {
		const killer = await connectTo( server );
		let killed: Promise< unknown > | undefined;
		const follow = follower( {
			onStep: ( line ) => {
				if ( line === 'packages started' && ! killed ) {
					killed = new Promise( ( resolve ) => setTimeout( resolve, 2_500 ) ).then( () =>
						say( killer, "kill -9 $(pgrep -f '^sh /run/email-gateway/worker')" )
					);
				}
			},
		} );

		await install( remote, follow );

		await killed;
		killer.close();
		expect( follow.told.map( ( { line } ) => line ) ).toEqual(
			expect.arrayContaining( [ 'repair started', 'repair finished', 'commit finished' ] )
		);
		expect( follow.told.map( ( { serverSeq } ) => serverSeq ) ).toEqual( [
			...new Set( follow.told.map( ( { serverSeq } ) => serverSeq ) ),
		] );
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );

	test( 'tells where its own repair saved mail, although it ends well', async () => {
		// apt hands a message in as soon as there is a Postfix
		await say(
			remote,
			`echo 'DPkg::Post-Invoke { "echo waits | sendmail -f a@example.com b@example.com || true"; };' >/etc/apt/apt.conf.d/99test`
		);
		const killer = await connectTo( server );
		let killed: Promise< unknown > | undefined;
		const onStep = ( line: string ) => {
			if ( line === 'configuration started' && ! killed ) {
				killed = say(
					killer,
					"rm /etc/apt/apt.conf.d/99test; kill -9 $(pgrep -f '^sh /run/email-gateway/worker')"
				);
			}
		};

		const { steps, ...change } = await planFor( remote );
		const { savedQueue } = await apply(
			remote,
			{ ...change, jobId: randomUUID(), plan: steps },
			follower( { onStep } )
		);

		await killed;
		killer.close();
		expect( savedQueue ).toMatch( /^\/var\/lib\/email-gateway-saved-queue-/ );
		expect( await say( remote, `cat ${ savedQueue }/messages/*.eml | tail -n 1; rm -rf ${ savedQueue }` ) ).toBe(
			'waits\n'
		);
		expect( ( await planFor( remote ) ).steps ).toEqual( [] );
	} );

	test( 'gives everything back when it is cancelled', async () => {
		const stop = new AbortController();
		const follow = follower( {
			cancel: stop.signal,
			onStep: ( line ) => line === 'packages started' && stop.abort(),
		} );

		await expect( install( remote, follow ) ).rejects.toMatchObject( { code: 'cancelled', changed: 'undone' } );

		expect( await stateOf( remote ) ).toEqual( before );
	} );

	test( 'gives everything back when Postfix does not come up', async () => {
		// somebody else holds port 25 of the loopback address
		await say(
			remote,
			`setsid php -r '$s = stream_socket_server("tcp://127.0.0.1:25"); file_put_contents("/run/holder", getmypid()); sleep(120);' >/dev/null 2>&1 </dev/null & sleep 1`
		);

		const failed = await install( remote ).catch( ( error: unknown ) => error as GatewayError );

		await say( remote, 'kill $(cat /run/holder); rm /run/holder; sleep 0.5' );
		expect( failed ).toMatchObject( { changed: 'undone' } );
		expect( [ 'postfix_did_not_start', 'package_system_broken' ] ).toContain( ( failed as GatewayError ).code );
		expect( await stateOf( remote ) ).toEqual( before );
	} );

	test( 'saves the mail that was handed in before it failed, and tells where', async () => {
		// apt hands a message in as soon as there is a Postfix, and changes master.cf once, at which the last step fails
		await say(
			remote,
			`echo 'DPkg::Post-Invoke { "echo waits | sendmail -f a@example.com b@example.com || true; [ -e /run/changed ] || { touch /run/changed; echo >>/etc/postfix/master.cf; }"; };' >/etc/apt/apt.conf.d/99test`
		);

		const failed = await install( remote ).catch( ( error: unknown ) => error as GatewayError );

		await say( remote, 'rm /etc/apt/apt.conf.d/99test /run/changed' );
		expect( failed ).toMatchObject( { code: 'verify_failed', changed: 'undone' } );
		const { savedQueue } = ( failed as GatewayError< 'verify_failed' > ).detail;
		expect( savedQueue ).toMatch( /^\/var\/lib\/email-gateway-saved-queue-/ );
		expect( await say( remote, `cat ${ savedQueue }/messages/*.eml | tail -n 1; rm -rf ${ savedQueue }` ) ).toBe(
			'waits\n'
		);
		expect( await stateOf( remote ) ).toEqual( before );
	} );

	test( 'leaves the answers of debconf as they were where the package cannot be fetched, and tells of no mail', async () => {
		const answers = () => say( remote, "grep '^Name: postfix/' /var/cache/debconf/config.dat || true" );
		const answersBefore = await answers();
		await say(
			remote,
			`apt-get clean; echo 'Acquire { Retries "0"; http::Proxy "http://127.0.0.1:9"; };' >/etc/apt/apt.conf.d/99test`
		);

		const failed = await install( remote ).catch( ( error: unknown ) => error as GatewayError );

		await say( remote, 'rm /etc/apt/apt.conf.d/99test' );
		expect( failed ).toMatchObject( { code: 'packages_unavailable', changed: 'undone' } );
		expect( ( failed as GatewayError ).detail ).not.toHaveProperty( 'savedQueue' );
		expect( await answers() ).toBe( answersBefore );
		expect( await stateOf( remote ) ).toEqual( before );
	} );

	test( 'gives exim4 back with its configuration and its queue', async () => {
		await say(
			remote,
			`DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends exim4-daemon-light >/dev/null 2>&1
			echo '# changed by its administrator' >>/etc/exim4/exim4.conf.template
			echo waits | exim4 -odq -f root nobody@example.org; sleep 1; exim4 -Mf $(exim4 -bp | awk '/</ { print $3 }')`
		);
		const withExim = await stateOf( remote );
		const queue = await say( remote, 'ls /var/spool/exim4/input' );

		await install( remote );
		expect( await say( remote, 'ls /usr/sbin/exim4 2>/dev/null' ) ).toBe( '' );
		const removed = await remove( remote, { jobId: randomUUID(), waitingMail: 'refuse' }, follower() );

		expect( removed ).toEqual( { restored: 'exim4-daemon-light', savedQueue: null } );
		expect( await stateOf( remote ) ).toEqual( withExim );
		expect( await say( remote, 'ls /var/spool/exim4/input' ) ).toBe( queue );
		await say(
			remote,
			'DEBIAN_FRONTEND=noninteractive apt-get purge -y -q --auto-remove exim4-daemon-light exim4-base exim4-config >/dev/null 2>&1; rm -rf /var/spool/exim4 /etc/aliases'
		);
	} );
} );
