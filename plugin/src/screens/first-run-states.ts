import { exampleView } from '../server/screen.example.tsx';
import { event, job, type ScreenState } from './state.ts';

const at = '2026-11-29T12:00:00Z';
const servers = [ { id: 12, name: 'web1.example.com' } ];
const start = ( name: string, page: object, answers: Record< string, unknown > = {}, press: string[] = [] ) =>
	( {
		...{ name: `start-${ name }`, screen: 'settings', answers, press: [ 'Get Started', ...press ] },
		page: {
			...{ mayAddServers: true, backendUrl: 'https://gateway.example.com', version: '0.1.0', servers },
			...page,
			may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway' ],
		},
	} ) as ScreenState;

const none = { state: 'not_installed', installed: null, submitted: null, passwordSaved: false };
const view = ( change: Parameters< typeof exampleView >[ 0 ] ) => exampleView( { defaultsSaved: false, ...change } );
const unknownKey = ( { connection, ...rest }: ReturnType< typeof view > ) => ( {
	...rest,
	connection: connection && {
		...connection,
		lastLook: null,
		hostKey: { ...connection.hostKey, state: 'unknown', trustedAt: null, trustedBy: null },
	},
} );
const lastTest = ( outcome: string, diagnosis: object ) => ( {
	...{ outcome, from: 'wordpress@site.example', to: 'me@example.com', queueId: '4jYGXn2QwTz1', at },
	...{ relay: 'smtp.example.com[203.0.113.9]:587', tlsVersion: 'TLSv1.3', certificateName: 'smtp.example.com' },
	...{ handOverMs: 14, answerMs: 1300, log: [], diagnosis },
} );
const installing = job( { verb: 'install_gateway', state: 'running', finishedAt: null } );

const panel = {
	...{ hasPanel: true, mayAddServers: false, connected: [] },
	servers: [ ...servers, { id: 13, name: 'web2.example.com' } ],
};

/** From activation to a proved mail. */
export const firstRunStates: ScreenState[] = [
	start( 'pair', { paired: false, backendUrl: null, servers: [] } ),
	start( 'pair-no-line', { paired: false, backendUrl: null, servers: [] }, {}, [ 'Pair' ] ),
	start( 'connect', { servers: [] } ),
	start( 'panel', panel ),
	start(
		'panel-connect',
		{ ...panel, servers },
		{
			'GET /servers/12/address': { host: '203.0.113.7', sshPort: 22, sshUser: 'root' },
			'GET /servers/12': view( { connection: null, gateway: none } ),
		}
	),
	start( 'connect-key', {}, { 'GET /servers/12': view( { connection: null, gateway: none } ) } ),
	start( 'connect-host-key', {}, { 'GET /servers/12': unknownKey( view( { gateway: none } ) ) } ),
	start( 'install', {}, { 'GET /servers/12': view( { gateway: none } ) } ),
	start(
		'installing',
		{},
		{
			'GET /servers/12': view( { gateway: none, job: installing } ),
			'GET /servers/12/jobs/abc': {
				job: installing,
				events: [ event( 1, { type: 'started' } ), event( 2, { type: 'step_started', step: 'packages' } ) ],
			},
		}
	),
	start(
		'waiting',
		{},
		{
			'GET /servers/12': view( {
				gateway: {
					state: 'waiting',
					lastTest: lastTest( 'waiting', {
						cause: 'wrong_credentials',
						reply: '535 5.7.8 Error: authentication failed',
					} ),
				},
			} ),
		}
	),
	start(
		'proved',
		{},
		{
			'GET /servers/12': view( {
				gateway: {
					state: 'working',
					lastTest: lastTest( 'accepted', { cause: 'accepted', reply: '250 2.0.0 Ok: queued as 9D1F' } ),
				},
			} ),
		}
	),
	start(
		'backend-away',
		{},
		{ 'GET /servers/12': { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } } }
	),
];
