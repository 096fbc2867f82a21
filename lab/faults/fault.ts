import type { Cause } from '@email-gateway/shared';
import type { CertificateKind } from '../provider/certificates.ts';
import type { Faults } from '../provider/faults.ts';

/** One thing that goes wrong in life: how it is played, and what the product must say of it. */
export interface Fault {
	/** For the command line. */
	name: string;
	/** For people: what happens. */
	what: string;
	/** What the provider (or the lab's DNS) does. */
	provider?: Faults;
	certificate?: CertificateKind;
	/** The password of the account, where somebody changed it at the provider. */
	accountPassword?: string;
	/** What is wrong at the server, or in its cloud. */
	server?: {
		/** Its cloud drops what goes to these ports; 53 is its resolver. */
		blockedPorts?: readonly number[];
		/** Its sshd lets nobody look through its network. */
		forwardingForbidden?: true;
	};
	/** What somebody typed instead of smtp.provider.test and 587. */
	settings?: { smtpServer?: string; smtpPort?: number };
	/** What the product must say. */
	expected: { check: Check; test: Test };
}

/** What the product said. */
export interface Diagnoses {
	/** Check Settings, before anything is changed. */
	check: string;
	/** A test email from an installed gateway. */
	test: string;
}

/** `accepted` is a check without a problem. The ports are those that are offered instead. */
export type Check = Cause | `${ Cause }, open: ${ string }`;

/** `waiting` loses nothing, `refused` comes back to the sender. */
export type Test = 'accepted' | `waiting: ${ Cause }` | `waiting: ${ Cause }, then delivered` | `refused: ${ Cause }`;
