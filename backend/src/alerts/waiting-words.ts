import type { AlertReason, Whose } from '@email-gateway/shared';

interface Turn {
	happened: string;
	/** Whose turn it is, and what to do. */
	todo: string;
}

const owner = 'Next step: the owner of the account at the provider.';

/** By whose matter it is; the screen of the server says more. */
const turns: Record< Whose, Turn > = {
	login: {
		happened: 'The provider refuses the login.',
		todo: `${ owner } Correct User Name and Password on the screen of the server.`,
	},
	account: {
		happened: 'The provider takes no mail of this account: a limit, its plan or a block.',
		todo: `${ owner } Sign in at the provider and mend what it says there.`,
	},
	sender: {
		happened: 'The provider does not take the sender.',
		todo: 'Next step: the owner of the sender’s address or domain. Verify it at the provider.',
	},
	server: {
		happened: 'Something on the server stops it.',
		todo: 'Next step: the administrator of this server. Open the server to see what to do.',
	},
	provider: {
		happened: 'Something is wrong at the provider.',
		todo: 'Next step: the provider. Open the server to see what to ask its support.',
	},
	network: {
		happened: 'The connection to the provider fails.',
		todo: 'Next step: the administrator of this server’s network.',
	},
	recipient: { happened: 'The recipient’s side puts it off.', todo: 'Next step: the recipient.' },
	receiver: {
		happened: 'The receiving side puts it off.',
		todo: 'Next step: the receiving side. Where it speaks of SPF, DKIM or DMARC: the owner of the sender’s domain.',
	},
	content: { happened: 'The message is refused for what is in it.', todo: 'Next step: its author.' },
};

/** Why mail waits, whose turn it is and what to do, for what most of it has met; in no words of a provider. */
export function waitingText( host: string, reasons: readonly AlertReason[] ): string {
	const [ first, ...others ] = reasons;
	if ( first === undefined ) {
		return `Mail is waiting on ${ host }. Nothing is lost. Open the server to see why and what to do.`;
	}
	const { whose, passes, count } = first;
	const messages = count === 1 ? '1 message waits' : `${ count } messages wait`;
	return [
		`${ messages } on ${ host }. Nothing is lost.`,
		whose ? turns[ whose ].happened : 'The provider refuses at a step, and only its words say why.',
		todo( whose, passes ),
		others.length > 0 && 'More waits for other reasons.',
	]
		.filter( Boolean )
		.join( ' ' );
}

function todo( whose: Whose | null, passes: boolean | null ): string {
	if ( passes ) {
		return 'The server keeps trying. If it stays so, open the server to see what to do.';
	}
	return whose
		? `${ turns[ whose ].todo } Then press Deliver Waiting Mail.`
		: 'Open the server to read them. Then press Deliver Waiting Mail.';
}
