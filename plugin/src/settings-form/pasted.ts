import type { SettingsValues } from './values.ts';

type Pasted = Partial< Pick< SettingsValues, 'smtpServer' | 'smtpPort' | 'userName' > >;

const host = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+';
const url = new RegExp(
	`^(?:smtps?|submissions?)://(?:([^@/\\s:]*)(?::[^@/\\s]*)?@)?(${ host })(?::(\\d{1,5}))?/?$`,
	'i'
);
const hostAndPort = new RegExp( `^(${ host }):(\\d{1,5})$`, 'i' );
/** A line of a provider's page: a label, what separates it, and one word. Passwords are no label of ours. */
const labelled = ( label: string, word: string ) =>
	new RegExp( `(?:^|[\\s,;|])(?:${ label })\\s*(?:[:=|]|\\t|\\r?\\n)\\s*["']?(${ word })`, 'im' );
const labels = {
	smtpServer: labelled( '(?:outgoing |mail |smtp )*(?:server|host)(?: ?name)?(?: \\(smtp\\))?', host ),
	smtpPort: labelled( '(?:smtp )?ports?(?: \\([^)\\n]*\\))?', '\\d{1,5}' ),
	userName: labelled( '(?:smtp )?(?:user(?: ?name)?|login|account)', '[^\\s"\',;]+' ),
};

/**
 * Fields that a pasted text names: `smtps://user@host:465`, `host:587`, or lines of a provider's page. A password in
 * it is never taken: it would stand in a field that everybody can read. Null where the text is at most a plain name.
 */
export function pastedSettings( text: string ): Pasted | null {
	const trimmed = text.trim().slice( 0, 4096 );
	const address = url.exec( trimmed );
	if ( address ) {
		const [ , user, smtpServer = '', port ] = address;
		const implied = /^(smtps|submissions):/i.test( trimmed ) ? '465' : '587';
		return {
			smtpServer: smtpServer.toLowerCase(),
			smtpPort: port ?? implied,
			...( user ? { userName: decoded( user ) } : {} ),
		};
	}
	const [ , plainHost, plainPort ] = hostAndPort.exec( trimmed ) ?? [];
	if ( plainHost && plainPort ) {
		return { smtpServer: plainHost.toLowerCase(), smtpPort: plainPort };
	}
	const smtpServer = labels.smtpServer.exec( trimmed )?.[ 1 ];
	const smtpPort = labels.smtpPort.exec( trimmed )?.[ 1 ];
	const userName = labels.userName.exec( trimmed )?.[ 1 ];
	return smtpServer
		? {
				smtpServer: smtpServer.toLowerCase(),
				...( smtpPort ? { smtpPort } : {} ),
				...( userName ? { userName } : {} ),
		  }
		: null;
}

function decoded( text: string ): string {
	try {
		return decodeURIComponent( text );
	} catch {
		return text;
	}
}
