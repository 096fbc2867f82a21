import type { SentAs } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { account as saved } from './example-accounts.ts';
import { routesExample } from './routes-states.ts';
import { job, type ScreenState } from './state.ts';

const ofRoute: SentAs = {
	...{ uid: 2001, user: 'shop.example', hasRoute: true },
	account: { name: saved.name, smtpServer: saved.smtpServer, userName: saved.userName },
};
const test = ( change: object ) => ( {
	...{
		from: 'wordpress@shop.example',
		to: 'me@example.com',
		queueId: '4jYGXn2QwTz1',
		handOverMs: 14,
		answerMs: 1300,
	},
	...{ relay: null, tlsVersion: null, certificateName: null, log: [], outcome: 'accepted', sentAs: ofRoute },
	diagnosis: { cause: 'accepted', enhancedCode: '2.0.0', reply: '250 2.0.0 Ok: queued as 9D1F', stage: null },
	...change,
} );
const unknown = { cause: 'unknown', enhancedCode: null, reply: '', stage: null };

const state = ( name: string, change: object ): ScreenState => ( {
	...{ name, screen: 'server', press: [ 'Send as a Site', 'Send Test Email' ] },
	answers: {
		'GET /servers/12': exampleView( { gateway: { state: 'working' } } ),
		'GET /servers/12/sites': routesExample,
		'POST /servers/12/gateway/test': { jobId: 'abc' },
		'GET /servers/12/jobs/abc': {
			...{ events: [] },
			job: job( { verb: 'send_test_email', result: { verb: 'send_test_email', test: test( change ) } } ),
		},
	},
} );

export const testAsStates: ScreenState[] = [
	state( 'test-as-a-site', {} ),
	state( 'test-as-held', { outcome: 'held', heldBy: 'pause', diagnosis: unknown } ),
	state( 'test-as-without-route', { sentAs: { ...ofRoute, hasRoute: false } } ),
	state( 'test-as-not-shown', { sentAs: { ...ofRoute, account: null } } ),
	state( 'test-as-refused-login', {
		outcome: 'waiting',
		diagnosis: { cause: 'wrong_credentials', enhancedCode: '4.7.8', reply: '535 5.7.8 no', stage: 'AUTH PLAIN' },
	} ),
];
