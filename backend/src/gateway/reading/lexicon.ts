import type { Concept } from './concept.ts';
import { ofTheAccount } from './of-the-account.ts';
import { ofTheContent } from './of-the-content.ts';
import { ofTheIpList } from './of-the-ip-list.ts';
import { ofTheLimits } from './of-the-limits.ts';
import { ofTheLogin } from './of-the-login.ts';
import { ofTheMailbox } from './of-the-mailbox.ts';
import { ofThePermission } from './of-the-permission.ts';
import { ofTheProvider } from './of-the-provider.ts';
import { ofTheReceiver } from './of-the-receiver.ts';
import { ofTheRecipientCodes } from './of-the-recipient-codes.ts';
import { ofTheRecipient } from './of-the-recipient.ts';
import { ofTheRecipientSyntax } from './of-the-recipient-syntax.ts';
import { ofTheSender } from './of-the-sender.ts';
import { ofTheRelay } from './of-the-relay.ts';
import { ofTheServer } from './of-the-server.ts';

/**
 * Read from above, the first that fits counts: words that can mean one thing only stand before words that many use, and
 * words before codes. This program and the table of Postfix (status-filter.ts) read the same rows in the same order.
 */
export const lexicon: readonly Concept[] = [
	ofTheProvider.tlsRefused,
	ofTheProvider.noTls,
	ofTheServer.helo,
	ofTheServer.tlsOld,
	ofTheServer.tlsFirst,
	ofTheServer.noFrom,
	ofTheAccount.code,
	ofTheAccount.asSender,
	ofTheAccount.external,
	ofTheMailbox.restricted,
	ofTheRecipientSyntax.malformed,
	ofTheRecipient.mayNotExist,
	ofTheReceiver.authentication,
	ofTheAccount.web,
	ofTheLogin.appPassword,
	ofTheLogin.oauth,
	ofTheLogin.mechanism,
	ofThePermission.smtpOff,
	ofThePermission.byPolicy,
	ofTheSender.region,
	ofTheLimits.cameBack,
	ofTheMailbox.suppressed,
	ofTheMailbox.rate,
	ofTheRecipient.full,
	ofTheRecipient.overQuota,
	ofTheLimits.ownMailbox,
	ofTheLimits.test,
	ofTheLogin.tooManyLogins,
	ofTheLimits.reached,
	ofTheProvider.connections,
	ofTheReceiver.greylisting,
	ofTheReceiver.comeBack,
	ofTheIpList.relayList,
	ofTheIpList.ipAtLogin,
	ofTheReceiver.blocked,
	ofTheReceiver.direct,
	ofTheLimits.fast,
	ofTheReceiver.reverse,
	ofTheIpList.ipList,
	ofTheServer.noLogin,
	ofTheRelay.denied,
	ofTheAccount.notConfirmed,
	ofTheSender.notVerified,
	ofTheSender.domainUnknownHere,
	ofTheLogin.notChecked,
	ofTheAccount.fromSending,
	ofTheAccount.outgoing,
	ofTheAccount.outgoingAtRecipient,
	ofTheAccount.locked,
	ofTheServer.senderSyntax,
	ofTheServer.commandSyntax,
	ofTheSender.noDomain,
	ofTheSender.notOwned,
	ofThePermission.notPermitted,
	ofTheSender.relaying,
	ofTheContent.tooLarge,
	ofTheServer.message,
	ofTheRecipient.disabled,
	ofTheRecipient.noDomain,
	ofTheRecipient.unknown,
	ofThePermission.organisation,
	ofTheContent.virus,
	ofTheContent.header,
	ofTheContent.spam,
	ofTheReceiver.judgement,
	ofTheLogin.wrong,
	ofTheLogin.failed,
	ofTheLogin.failedForNow,
	ofTheProvider.trouble,
	ofTheContent.refused,
	ofTheAccount.mentioned,
	ofTheLogin.mechanismCode,
	ofTheLogin.code,
	ofTheLogin.bareCode,
	ofTheLogin.loginCode,
	ofTheSender.code,
	ofTheRecipientCodes.full,
	ofTheRecipientCodes.disabled,
	ofTheRecipientCodes.malformed,
	ofTheRecipientCodes.unknown,
	ofTheReceiver.reverseCode,
	ofTheReceiver.authenticationCode,
	ofTheContent.sizeCode,
	ofTheContent.formCode,
	ofTheProvider.code,
	ofTheProvider.loginLater,
	ofTheProvider.closing,
];
