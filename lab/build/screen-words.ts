import { addFilter, removeFilter } from '@wordpress/hooks';
import { alertTroubles, deliveryOutcome, gatewayStates } from '../../shared/src/index.ts';
import { fieldLabel } from '../../plugin/src/words/field-labels.ts';
import { alertPill } from '../../plugin/src/words/alert-troubles.ts';
import { backupPill } from '../../plugin/src/words/backup.ts';
import { sandboxPill } from '../../plugin/src/words/sandbox.ts';
import { outcomePill, statePill } from '../../plugin/src/words/states.ts';

/** A word of the scripts as PHP translates it. */
interface Word {
	text: string;
	context?: string;
}

const space = 'email-gateway/words';
const pill = ( { word, tone }: { word: string; tone: string } ) => ( { ...( JSON.parse( word ) as Word ), tone } );
/** Of the fields that PHP prints. */
const early = [ 'host', 'sshPort', 'sshUser' ] as const;
const words = () => ( {
	labels: Object.fromEntries( early.map( ( name ) => [ name, JSON.parse( fieldLabel( name ) ) as Word ] ) ),
	states: Object.fromEntries( gatewayStates.map( ( state ) => [ state, pill( statePill( state ) ) ] ) ),
	marks: { sandbox: pill( sandboxPill() ), backup: pill( backupPill() ) },
	alerts: Object.fromEntries( alertTroubles.map( ( trouble ) => [ trouble, pill( alertPill( trouble ) ) ] ) ),
	outcomes: Object.fromEntries( deliveryOutcome.options.map( ( name ) => [ name, pill( outcomePill( name ) ) ] ) ),
} );

/** plugin/words.json: what PHP prints before a script runs, in the words of the scripts, untranslated. */
export function printWords(): string {
	addFilter( 'i18n.gettext', space, ( _said: string, text: string ) => JSON.stringify( { text } ) );
	addFilter( 'i18n.gettext_with_context', space, ( _said: string, text: string, context: string ) =>
		JSON.stringify( { text, context } )
	);
	try {
		return JSON.stringify( words(), null, '\t' ) + '\n';
	} finally {
		removeFilter( 'i18n.gettext', space );
		removeFilter( 'i18n.gettext_with_context', space );
	}
}
