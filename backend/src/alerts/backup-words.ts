import type { SwitchReason } from '@email-gateway/shared';
import type { IncidentDetail } from '../db/alert-tables.ts';

interface OfBackup {
	host: string;
	detail: Pick< IncidentDetail, 'why' | 'twice' | 'unaligned' | 'user' >;
}

/** Of the server's own account. */
const happened: Record< SwitchReason, ( host: string ) => string > = {
	login: ( host ) =>
		`The provider of ${ host } no longer accepts its login, so its mail leaves by the backup account. Enter a working password for the first account; the server goes back once that signs in.`,
	account: ( host ) =>
		`The account of ${ host } is suspended, so its mail leaves by the backup account. Ask the provider; when the account works again, open the server and press Switch Back.`,
	provider: ( host ) =>
		`The provider of ${ host } is in trouble, so its mail leaves by the backup account. The server goes back once the first account signs in again.`,
	limit: ( host ) =>
		`The account of ${ host } has sent what its provider takes in a day, so its mail leaves by the backup account. The server goes back after a day.`,
	by_hand: ( host ) =>
		`Someone switched ${ host } to its backup account. It stays there until someone opens the server and presses Switch Back.`,
};

/** Of the route of a Unix user, or of several of a server. `of`: as "the Unix user shop on web1". */
const happenedToRoute: Record< SwitchReason, ( of: string ) => string > = {
	login: ( of ) =>
		`The provider no longer accepts the login of the route of ${ of }, so its mail leaves by its backup account. Enter a working password for the first account; the route goes back once that signs in.`,
	account: ( of ) =>
		`The account of the route of ${ of } is suspended, so its mail leaves by its backup account. Ask the provider; when the account works again, open Sites on This Server, Backup Account, and press Switch Back.`,
	provider: ( of ) =>
		`The provider of the route of ${ of } is in trouble, so its mail leaves by its backup account. The route goes back once the first account signs in again.`,
	limit: ( of ) =>
		`The account of the route of ${ of } has sent what its provider takes in a day, so its mail leaves by its backup account. The route goes back after a day.`,
	by_hand: ( of ) =>
		`Someone switched the route of ${ of } to its backup account. It stays there until someone opens Sites on This Server, Backup Account, and presses Switch Back.`,
};

/** That mail leaves by a backup, why, and what may be wrong with it. Names no account: a channel may be read by others. */
export function backupText( { host, detail }: OfBackup ): string {
	const { why = 'by_hand', twice = 0, unaligned = [], user } = detail;
	return [
		user === undefined ? happened[ why ]( host ) : happenedToRoute[ why ]( usersOn( user, host ) ),
		...( unaligned.length > 0
			? [
					`Receivers may take mail of these domains for forged meanwhile, since their DNS does not name the backup’s provider: ${ unaligned.join(
						', '
					) }.`,
			  ]
			: [] ),
		...( twice > 0
			? [
					twice === 1
						? '1 message may come twice: the first provider’s last answer to it was lost.'
						: `${ twice } messages may come twice: the first provider’s last answer to them was lost.`,
			  ]
			: [] ),
	].join( ' ' );
}

/** `user`: the name of a Unix user, or of several, with commas between them. */
const usersOn = ( user: string, host: string ): string =>
	`${ user.includes( ', ' ) ? 'the Unix users' : 'the Unix user' } ${ user } on ${ host }`;

/** What the end of it is about. */
export const routesOf = ( user: string, host: string ): string => `The route of ${ usersOn( user, host ) }`;

/** Several incidents of one server in one: routes there that share their first account. */
export const together = ( details: readonly IncidentDetail[] ): IncidentDetail => ( {
	...details[ 0 ],
	user: details.map( ( { user } ) => user ).join( ', ' ),
	twice: details.reduce( ( all, { twice = 0 } ) => all + twice, 0 ),
	unaligned: [ ...new Set( details.flatMap( ( { unaligned = [] } ) => unaligned ) ) ],
} );

/** Of several servers with the same first account; `ofRoutes`: that is the account of routes there. */
export const manyOnBackup = ( servers: number, ofRoutes: boolean ): string =>
	ofRoutes
		? `Mail of sites on ${ servers } servers leaves by backup accounts, since the account that their routes share does not work. Open Sites on This Server of one to see why.`
		: `Mail of ${ servers } servers leaves by their backup accounts, since the account that they share does not work. Open a server to see why.`;

/** `delivered`: messages that the backup's provider has accepted. */
export function overBackupText( about: string, after: string, delivered: number | null ): string {
	const went =
		delivered === null
			? ''
			: delivered === 1
			? ' 1 message left by the backup account.'
			: ` ${ delivered } messages left by the backup account.`;
	return `${ about } sends by its first account again, ${ after }.${ went } Nothing needs to be done.`;
}
