import type { SandboxView } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { job, type ScreenState } from './state.ts';

const heading = 'Sandbox';
const sandbox = ( change: Partial< SandboxView > ): SandboxView => ( {
	...{ kind: 'redirect', mailbox: 'tests@site.example', allowed: [ 'site.example', 'agency.example' ] },
	...{ at: '2026-11-29T12:00:00Z', by: 'admin' },
	...change,
} );
const viewWith = ( gateway: object ) => exampleView( { gateway: { state: 'working', ...gateway } } );
const test = ( change: object ) => ( {
	...{
		from: 'wordpress@site.example',
		to: 'me@example.com',
		queueId: '4jYGXn2QwTz1',
		handOverMs: 14,
		answerMs: 1300,
	},
	...{ relay: null, tlsVersion: null, certificateName: null, log: [], at: '2026-11-29T12:00:00Z' },
	...change,
} );
const accepted = test( {
	...{ outcome: 'accepted', sandbox: { kind: 'redirect', mailbox: 'tests@site.example' } },
	diagnosis: { cause: 'accepted', enhancedCode: '2.0.0', reply: '250 2.0.0 Ok: queued as 9D1F', stage: null },
} );
const kept = test( {
	...{ outcome: 'sandboxed', sandbox: { kind: 'hold', mailbox: null } },
	diagnosis: { cause: 'sandbox', enhancedCode: null, reply: '', stage: null },
} );

function ended(
	name: string,
	press: string[],
	{ call, gateway, ...result }: { call: string; gateway: object; verb: string; plan?: object[] }
): ScreenState {
	return {
		...{ name, screen: 'server', press: [ heading, ...press ] },
		answers: {
			'GET /servers/12': viewWith( gateway ),
			[ `POST /servers/12/sandbox/${ call }` ]: { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: job( { verb: result.verb, result } ), events: [] },
		},
	};
}
const shown = ( name: string, gateway: object, press = [ heading ] ): ScreenState => ( {
	...{ name, screen: 'server', press },
	answers: { 'GET /servers/12': viewWith( gateway ) },
} );

export const sandboxStates: ScreenState[] = [
	shown( 'sandbox-off', { sandbox: null, notProduction: [] } ),
	shown( 'sandbox-offered', {
		sandbox: null,
		notProduction: [
			{ name: 'staging.site.example', environment: 'staging' },
			{ name: 'dev.site.example', environment: 'development' },
		],
	} ),
	shown( 'sandbox-redirects', { sandbox: sandbox( {} ), lastTest: accepted } ),
	shown( 'sandbox-holds', { sandbox: sandbox( { kind: 'hold', mailbox: null, allowed: [] } ) } ),
	shown( 'sandbox-drops', { sandbox: sandbox( { kind: 'drop', mailbox: null, allowed: [] } ) } ),
	shown( 'sandbox-of-former-owner', { sandbox: sandbox( { mailbox: null, allowed: [], by: null } ) } ),
	shown( 'sandbox-turn-off-question', { sandbox: sandbox( {} ) }, [ heading, 'Turn Off Sandbox' ] ),
	shown( 'sandbox-test-kept', { sandbox: sandbox( { kind: 'hold', mailbox: null, allowed: [] } ), lastTest: kept } ),
	ended( 'sandbox-turned-on', [ 'Turn On Sandbox' ], {
		...{ call: 'on', gateway: { sandbox: null }, verb: 'turn_on_sandbox', kind: 'redirect', held: 12 },
	} ),
	ended( 'sandbox-turned-off', [ 'Turn Off Sandbox', 'Turn Off Sandbox' ], {
		...{ call: 'off', gateway: { sandbox: sandbox( {} ) }, verb: 'turn_off_sandbox', choice: 'keep', messages: 12 },
	} ),
	ended( 'sandbox-preview', [ 'Preview Sandbox' ], {
		...{ call: 'preview', gateway: { sandbox: null }, verb: 'preview_changes' },
		plan: [
			{
				...{
					kind: 'set_parameter',
					subject: 'transport_maps',
					value: 'regexp:/etc/postfix/gateway-2/sandbox_transport',
				},
				...{ was: null, why: 'the sandbox is on: mail leaves for nobody but those whom it allows' },
			},
			{
				...{ kind: 'reload', subject: 'postfix', value: null, was: null },
				why: 'the running Postfix takes over the changes',
			},
		],
	} ),
	{
		...{ name: 'sandbox-refused-fields', screen: 'server', press: [ heading, 'Turn On Sandbox' ] },
		answers: {
			'GET /servers/12': viewWith( { sandbox: null } ),
			'POST /servers/12/sandbox/on': {
				refuse: {
					...{ code: 'invalid_request', message: '' },
					data: {
						status: 400,
						fields: [
							{ path: 'rules.mailbox', problem: 'not_an_address' },
							{ path: 'rules.allowed.1', problem: 'not_a_domain' },
						],
					},
				},
			},
		},
	},
];
