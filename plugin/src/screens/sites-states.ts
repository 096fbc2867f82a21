import type { SendingUser, SitesOfServer } from '@email-gateway/shared';
import { exampleView } from '../server/screen.example.tsx';
import { job, type ScreenState } from './state.ts';

const user = ( change: Partial< SendingUser > ): SendingUser => ( {
	...{ uid: 2001, user: 'shop.example', senderDomains: [ 'shop.example' ], accepted: 1240, refused: 3, held: 0 },
	sites: [ { folder: '/var/www/shop.example/html', domain: 'shop.example', environment: 'production' } ],
	...{ cap: { own: false, limits: { hour: 200, day: 1000, refused: 30 } }, over: null, pause: null },
	...{ route: null, unlisted: [] },
	...change,
} );

export const sitesExample: SitesOfServer = {
	leftOut: false,
	sideDoors: [
		{
			...{ uid: 2001, user: 'shop.example', address: '203.0.113.90', port: 587, looks: 41 },
			...{ firstAt: '2026-11-01T12:00:00Z', lastAt: '2026-11-29T12:00:00Z' },
		},
		{
			...{ uid: 1000, user: null, address: '[2001:db8::25]', port: 25, looks: 1 },
			...{ firstAt: '2026-11-28T12:00:00Z', lastAt: '2026-11-28T12:00:00Z' },
		},
	],
	closedDoors: [
		{
			...{ uid: 2003, user: 'club.example', at: '2026-11-29T12:00:00Z', by: 'admin' },
			refused: { times: 12, since: '2026-11-29T12:00:00Z' },
		},
	],
	usualCap: { hour: 200, day: 1000, refused: 30 },
	withoutRoute: 'default',
	users: [
		user( {
			...{
				uid: 2004,
				user: 'form.example',
				senderDomains: [ 'form.example' ],
				accepted: 200,
				refused: 2,
				held: 9790,
			},
			sites: [ { folder: '/var/www/form.example/html', domain: 'form.example', environment: 'production' } ],
			over: {
				...{ why: 'hour', since: '2026-11-30T12:03:00Z', isOver: true, hour: 200, day: 240, refused: 2 },
				...{ held: 9790, first: '4dKsW14Pbzz1Q2' },
			},
		} ),
		user( {
			...{ uid: 2002, user: 'blog.example', senderDomains: [ 'blog.example', 'bank.example' ] },
			...{ accepted: 20, refused: 812, held: 412 },
			sites: [ { folder: '/var/www/blog.example/html', domain: 'blog.example', environment: null } ],
			pause: { how: 'hold', at: '2026-11-29T12:00:00Z', by: 'admin' },
		} ),
		user( {
			...{ uid: 2003, user: 'club.example', senderDomains: [], accepted: 0, refused: 0 },
			sites: [ { folder: '/var/www/club.example/html', domain: 'club.example', environment: 'staging' } ],
			pause: { how: 'refuse', at: '2026-11-29T12:00:00Z', by: 'admin' },
		} ),
		user( {} ),
		user( {
			...{ uid: 33, user: 'www-data', senderDomains: [ 'one.example', 'two.example' ] },
			sites: [
				{ folder: '/var/www/one.example', domain: 'one.example', environment: 'production' },
				{ folder: '/var/www/two.example', domain: 'two.example', environment: 'development' },
				{ folder: '/var/www/html', domain: null, environment: null },
			],
			cap: { own: true, limits: null },
		} ),
		user( { uid: 1000, user: null, sites: [], accepted: 2, refused: 0 } ),
	],
};

const view = exampleView( { gateway: { state: 'working' } } );
const heading = 'Sites on This Server';
const withSites = ( sites: SitesOfServer ) => ( { 'GET /servers/12': view, 'GET /servers/12/sites': sites } );

function ended( name: string, press: string[], call: string, result: { verb: string } & object ): ScreenState {
	const told = job( { verb: result.verb, result } );
	return {
		...{ name, screen: 'server', press: [ heading, ...press ] },
		answers: {
			...withSites( sitesExample ),
			[ `POST /servers/12/${ call }` ]: { jobId: 'abc' },
			'GET /servers/12/jobs/abc': { job: told, events: [] },
		},
	};
}

export const sitesStates: ScreenState[] = [
	{ name: 'sites', screen: 'server', answers: withSites( sitesExample ), press: [ heading ] },
	{
		...{ name: 'sites-pause-question', screen: 'server', answers: withSites( sitesExample ) },
		press: [ heading, 'Pause Sending: shop.example' ],
	},
	{
		...{ name: 'sites-resume-question', screen: 'server', answers: withSites( sitesExample ) },
		press: [ heading, 'Resume Sending: blog.example' ],
	},
	{
		...{ name: 'sites-cap-question', screen: 'server', answers: withSites( sitesExample ) },
		press: [ heading, 'Change Cap: www-data' ],
	},
	{
		...{ name: 'sites-default-cap-question', screen: 'server', answers: withSites( sitesExample ) },
		press: [ heading, 'Change Default Cap' ],
	},
	{
		...{ name: 'sites-doors-question', screen: 'server', answers: withSites( sitesExample ) },
		press: [ heading, 'shop.example', 'Change Side Doors' ],
	},
	ended( 'sites-doors-changed', [ 'club.example', 'Change Side Doors' ], 'doors', {
		...{ verb: 'change_doors', closed: 0 },
	} ),
	ended( 'sites-capped', [ 'Change Default Cap', 'Save Cap' ], 'sites/cap', { verb: 'cap_site' } ),
	ended( 'sites-paused', [ 'Pause Sending: shop.example', 'Pause Sending' ], 'sites/pause', {
		...{ verb: 'pause_site', how: 'hold', held: 412 },
	} ),
	ended( 'sites-resumed', [ 'Resume Sending: blog.example', 'Resume Sending' ], 'sites/resume', {
		...{ verb: 'resume_site', choice: 'release', messages: 412 },
	} ),
	{
		name: 'sites-none',
		screen: 'server',
		answers: withSites( {
			users: [],
			usualCap: null,
			leftOut: false,
			sideDoors: [],
			closedDoors: [],
			withoutRoute: 'default',
		} ),
		press: [ heading ],
	},
	{
		...{ name: 'sites-more-than-listed', screen: 'server', press: [ heading ] },
		answers: withSites( {
			users: [ user( { accepted: null, refused: null, held: null, senderDomains: [] } ) ],
			...{ usualCap: null, leftOut: true, withoutRoute: 'default' },
			sideDoors: [],
			closedDoors: [],
		} ),
	},
	{
		...{ name: 'sites-not-told', screen: 'server', press: [ heading ] },
		answers: {
			'GET /servers/12': view,
			'GET /servers/12/sites': { refuse: { code: 'backend_unreachable', message: '', data: { status: 503 } } },
		},
	},
];
