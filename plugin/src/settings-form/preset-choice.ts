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
		smtpServer: host,
		smtpPort: String( ports[ 0 ] ),
		userName: 'literal' in userName ? userName.literal : kept,
		// it belongs to the server of the defaults
		useDefaultPassword: false,
	};
}
