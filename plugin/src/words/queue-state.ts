import { _x } from '@wordpress/i18n';
import type { QueueState } from '@email-gateway/shared';
import type { Tone } from './states.ts';

const words: Record< QueueState, () => { word: string; tone: Tone } > = {
	waiting: () => ( { word: _x( 'Waiting', 'outcome of a test email', 'email-gateway' ), tone: 'waiting' } ),
	held: () => ( { word: _x( 'Held', 'outcome of a message', 'email-gateway' ), tone: 'quiet' } ),
};

export const queueStateWords = ( state: QueueState ): { word: string; tone: Tone } => words[ state ]();
