import type { SwitchReason } from '@email-gateway/shared';
import type { IncidentDetail } from '../db/alert-tables.ts';

interface OfBackup {
	host: string;
	detail: Pick< IncidentDetail, 'why' | 'twice' | 'unaligned' >;
}

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

/** That mail leaves by a backup, why, and what may be wrong with it. Names no account: a channel may be read by others. */
export function backupText( { host, detail }: OfBackup ): string {
	const { why = 'by_hand', twice = 0, unaligned = [] } = detail;
	return [
		happened[ why ]( host ),
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

/** Of several servers with the same first account. */
export const manyOnBackup = ( servers: number ): string =>
	`Mail of ${ servers } servers leaves by their backup accounts, since the account that they share does not work. Open a server to see why.`;

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
