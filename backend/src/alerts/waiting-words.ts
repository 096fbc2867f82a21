import type { AlertReason, Whose } from '@email-gateway/shared';
import { duration } from './duration.ts';

interface Turn {
	happened: string;
	/** Who can fix it, and how. */
	todo: string;
	/** What to press afterwards; absent: the button that delivers what waits. */
	button?: string;
}

const owner = 'The owner of the provider account can fix this.';

/** By who can fix it; the screen of the server says more. */
const turns: Record< Whose, Turn > = {
	login: {
		happened: 'The provider refuses the login.',
		todo: `${ owner } Correct User Name and Password on the screen of the server.`,
		button: 'Reinstall Email Gateway: what waits is delivered',
	},
	account: {
		happened: 'The provider accepts no mail from this account: a limit, its plan or a block.',
		todo: `${ owner } Sign in at the provider and follow what it says there.`,
	},
	sender: {
		happened: 'The provider does not accept the sender.',
		todo: 'The owner of the sender’s address or domain can fix this: verify it at the provider.',
	},
	server: {
		happened: 'Something on the server stops it.',
		todo: 'The administrator of this server can fix this. Open the server to see how.',
	},
	provider: {
		happened: 'Something is wrong at the provider.',
		todo: 'Only the provider can fix this. Open the server to see what to ask its support.',
	},
	network: {
		happened: 'The connection to the provider fails.',
		todo: 'The administrator of this server’s network can fix this.',
	},
	recipient: { happened: 'The recipient’s side defers it.', todo: 'Only the recipient can fix this.' },
	receiver: {
		happened: 'The receiving side defers it.',
		todo: 'Only the receiving side can fix this. If it mentions SPF, DKIM or DMARC, the owner of the sender’s domain can.',
	},
	content: { happened: 'The message is refused because of its content.', todo: 'Its author can fix this.' },
};

/**
 * Why mail waits, who can fix it and how, for what most of it has met; in no words of a provider.
 *
 * @param oldestS seconds since the oldest of it arrived; null: not known, or not for this reader
 */
export function waitingText( host: string, reasons: readonly AlertReason[], oldestS: number | null = null ): string {
	const [ first, ...others ] = reasons;
	const oldest = oldestS !== null && `The oldest has waited for ${ duration( oldestS * 1000 ) }.`;
	if ( first === undefined ) {
		return [
			`Mail is waiting on ${ host }.`,
			oldest,
			'Nothing is lost. Open the server to see why and what to do.',
		]
			.filter( Boolean )
			.join( ' ' );
	}
	const { whose, passes, count, route } = first;
	return [
		`${ messages( count, route ) } on ${ host }.`,
		oldest,
		'Nothing is lost.',
		whose ? turns[ whose ].happened : 'The provider refuses it, and only its own words say why.',
		route && whose === 'login' ? todoOfRoute( route ) : todo( whose, passes ),
		others.length > 0 && 'More waits for other reasons.',
	]
		.filter( Boolean )
		.join( ' ' );
}

function messages( count: number, route: AlertReason[ 'route' ] ): string {
	if ( route ) {
		const of = count === 1 ? '1 message' : `${ count } messages`;
		const wait = count === 1 ? 'waits' : 'wait';
		return `${ of } of the user ${ route.user }, whose mail leaves by a route of its own, ${ wait }`;
	}
	return count === 1 ? '1 message waits' : `${ count } messages wait`;
}

/** Its login is no matter of the gateway’s own settings. */
const todoOfRoute = ( { isSaved }: NonNullable< AlertReason[ 'route' ] > ): string =>
	isSaved
		? `The account of its route is a saved one: type its new password under Settings → Email Gateway → Accounts, then press Update Servers. What waits is delivered.`
		: `Press Change Route at that user on the screen of the server, and type the password of its account anew. What waits is delivered.`;

function todo( whose: Whose | null, passes: boolean | null ): string {
	if ( passes ) {
		return 'The server keeps trying. If this continues, open the server to see what to do.';
	}
	return whose
		? `${ turns[ whose ].todo } Then press ${ turns[ whose ].button ?? 'Deliver Waiting Mail' }.`
		: 'Open the server to read them. Then press Deliver Waiting Mail.';
}
