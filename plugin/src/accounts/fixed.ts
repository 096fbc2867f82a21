import { __, sprintf } from '@wordpress/i18n';
import { thisPage, type FixedDefault } from '../page.ts';
import type { SettingsValues } from '../settings-form/values.ts';

/** The form with what the environment or wp-config.php sets. The password stays in PHP. */
export function withFixed( values: SettingsValues ): SettingsValues {
	const set = Object.entries( thisPage().fixedDefaults ).filter( ( [ , fixed ] ) => fixed?.value );
	return { ...values, ...Object.fromEntries( set.map( ( [ name, fixed ] ) => [ name, fixed?.value ] ) ) };
}

/** Why a field cannot be changed here, by its name. */
export function fixedSentences(): Record< string, string > {
	return Object.fromEntries(
		Object.entries( thisPage().fixedDefaults ).flatMap( ( [ name, fixed ] ) =>
			fixed ? [ [ name, sentence( fixed ) ] ] : []
		)
	);
}

function sentence( { from, name }: FixedDefault ): string {
	const words =
		from === 'environment'
			? /* translators: %s: name of an environment variable */
			  __( 'Set by the environment variable %s.', 'email-gateway' )
			: /* translators: %s: name of a constant */
			  __( 'Set by the constant %s.', 'email-gateway' );
	return sprintf( words, name );
}
