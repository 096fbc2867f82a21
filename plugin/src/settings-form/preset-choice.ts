import { presetOfServer, presets, type Preset } from '@email-gateway/shared/presets';
import type { SettingsValues } from './values.ts';

/** What was chosen by hand, for as long as SMTP Server is what it was then. */
export interface Choice {
	id: string;
	smtpServer: string;
}

export const other = 'other';

/** Which preset the form shows: the chosen one while it holds, else the one whose server was typed; null for Other. */
export function presetShown( smtpServer: string, choice: Choice | null ): Preset | null {
	return choice?.smtpServer === smtpServer
		? presets.find( ( { id } ) => id === choice.id ) ?? null
		: presetOfServer( smtpServer );
}

/** The form after a provider was chosen. A user name that only another provider has goes; “Other” changes nothing. */
export function withPreset( values: SettingsValues, id: string ): SettingsValues {
	const preset = presets.find( ( one ) => one.id === id );
	if ( ! preset ) {
		return values;
	}
	const { host, ports, userName } = preset;
	const isWordOfAnother = presets.some(
		( one ) => 'literal' in one.userName && one.userName.literal === values.userName
	);
	const kept = isWordOfAnother ? '' : values.userName;
	return {
		...values,
		// where the name has a region in it, that is asked for first
		smtpServer: hasRegion( preset ) ? '' : host,
		smtpPort: String( ports[ 0 ] ),
		userName: 'literal' in userName ? userName.literal : kept,
		// it belongs to the server of the account
		account: null,
	};
}

const mark = 'REGION';

/** Whether the provider has a name for each region. */
export const hasRegion = ( { host }: Preset ): boolean => host.includes( mark );

/** The region in a server's name; '' where none is given yet. */
export function regionOf( { host }: Preset, smtpServer: string ): string {
	const [ before = '', after = '' ] = host.split( mark );
	const name = smtpServer.trim().toLowerCase();
	return name.startsWith( before ) && name.endsWith( after )
		? name.slice( before.length, name.length - after.length )
		: '';
}

/** The server's name for a region; '' where none is given. */
export const serverIn = ( { host }: Preset, region: string ): string =>
	region.trim() === '' ? '' : host.replace( mark, region.trim().toLowerCase() );
