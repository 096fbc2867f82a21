import type { TestResult } from '@email-gateway/shared';
import { settings } from './test-backend.ts';

const hidden = { smtpServer: 'smtp.hidden.example', userName: 'hidden-user', sendingDomain: 'hidden-domain.example' };
/** Whatever of these a customer is told is found by the word. */
export const defaults = {
	...settings,
	...hidden,
	note: 'hidden-note',
	password: { use: 'typed', value: 'hidden-secret' },
} as const;
export const reply = '535 hidden-user is not welcome at smtp.hidden.example (certificate of hidden-domain.example)';
/** Of a test e-mail that the provider refused, in words that give the defaults away. */
export const proof: TestResult = {
	outcome: 'refused',
	from: 'a@customer.example',
	to: 'b@customer.example',
	diagnosis: { cause: 'wrong_credentials', enhancedCode: '5.7.8', reply, stage: 'AUTH' },
	queueId: '4ABC',
	relay: 'smtp.hidden.example[203.0.113.9]:587',
	tlsVersion: 'TLSv1.3',
	certificateName: 'smtp.hidden.example',
	handOverMs: 10,
	answerMs: 100,
	log: [ reply ],
};
