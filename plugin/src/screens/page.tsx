import { createRoot } from '@wordpress/element';
import '@wordpress/components/build-style/style.css';
import { playBackend } from '../server/screen.example.tsx';
import { MailLogScreen } from '../mail-log/mail-log-screen.tsx';
import { ServerScreen } from '../server/server-screen.tsx';
import { SettingsScreen } from '../settings-screen.tsx';
import '../pill.css';
import '../screen.css';
import { firstRunStates } from './first-run-states.ts';
import { mailLogStates } from './mail-log-states.ts';
import { ownAlertStates } from './own-alert-states.ts';
import { queueStates } from './queue-states.ts';
import { backupStates } from './backup-states.ts';
import { routesStates } from './routes-states.ts';
import { sandboxStates } from './sandbox-states.ts';
import { sitesStates } from './sites-states.ts';
import { testAsStates } from './test-as-states.ts';
import { serverStates } from './server-states.ts';
import { settingsStates } from './settings-states.ts';
import type { ScreenState } from './state.ts';
import './page.css';

/** For design and translation: every state of every card in a browser, without WordPress and backend. */
const states = [
	...serverStates,
	...settingsStates,
	...queueStates,
	...ownAlertStates,
	...mailLogStates,
	...sitesStates,
	...backupStates,
	...routesStates,
	...sandboxStates,
	...testAsStates,
	...firstRunStates,
];

const element = ( html: string ) => {
	const holder = document.createElement( 'template' );
	holder.innerHTML = html;
	return holder.content.firstElementChild as HTMLElement;
};

function showList(): void {
	const list = states.map( ( { name, screen } ) => `<li><a href="?state=${ name }">${ screen }: ${ name }</a></li>` );
	document.body.append( element( `<div class="wrap"><h1>Screens</h1><ul>${ list.join( '' ) }</ul></div>` ) );
}

/** A box of an edit screen. */
const box = ( id: string, title: string ) =>
	`<div id="email-gateway-${ id }" class="postbox"><div class="postbox-header"><h2 class="hndle">${ title }</h2></div>
	<div class="inside"><div class="email-gateway-app" data-screen="${ id }" data-server-id="12"></div></div></div>`;

const pages = {
	settings: { title: 'Email Gateway', content: <SettingsScreen /> },
	'mail-log': { title: 'Mail Log', content: <MailLogScreen /> },
};

async function show( { name, screen, page, answers, press = [] }: ScreenState ): Promise< void > {
	window.emailGateway = {
		may: [ 'manage_site', 'manage_defaults', 'change_connection', 'run_gateway', 'see_audit', 'see_mail_log' ],
		serverId: 12,
		paired: true,
		settingsUrl: '?',
		currentUserMail: 'me@example.com',
		...page,
	};
	window.sessionStorage.clear();
	window.localStorage.clear();
	playBackend( answers );
	document.body.append(
		element(
			screen === 'server'
				? `<form class="wrap" id="poststuff"><h1>web1</h1>${ box( 'connection', 'Server Connection' ) }${ box(
						'gateway',
						'Email Gateway'
				  ) }</form>`
				: `<div class="wrap"><h1>${ pages[ screen ].title }</h1><div class="email-gateway-app" data-screen="page"></div></div>`
		)
	);
	const place = ( id: string ) => document.querySelector( `[data-screen="${ id }"]` ) as HTMLElement;
	const root = createRoot( screen === 'server' ? document.createElement( 'div' ) : place( 'page' ) );
	root.render(
		screen === 'server' ? (
			<ServerScreen
				serverId={ 12 }
				places={ { connection: place( 'connection' ), gateway: place( 'gateway' ) } }
			/>
		) : (
			pages[ screen ].content
		)
	);
	for ( const button of press ) {
		( await found( button ) ).click();
	}
	document.title = `${ name }: shown`;
}

/** Waits for a button, or a box to tick, until it is there. */
async function found( name: string ): Promise< HTMLElement > {
	for (;;) {
		const buttons = [ ...document.querySelectorAll< HTMLElement >( pressed ) ];
		const one = buttons.find(
			( { textContent, ariaLabel, ariaDisabled } ) =>
				( ariaLabel ?? textContent ) === name && ariaDisabled !== 'true'
		);
		if ( one ) {
			return one;
		}
		await new Promise( ( resolve ) => setTimeout( resolve, 20 ) );
	}
}

const pressed = 'button, summary, label.components-checkbox-control__label';
const wanted = new URLSearchParams( window.location.search ).get( 'state' );
const state = states.find( ( { name } ) => name === wanted );
if ( state ) {
	void show( state );
} else {
	showList();
	// read by the program that takes the pictures
	document.body.dataset.states = JSON.stringify( states.map( ( { name } ) => name ) );
}
