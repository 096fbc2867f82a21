#!/usr/bin/perl
# Email Gateway: a mail filter of Postfix (MILTER_README) for what programs of this server hand over by sendmail. It holds
# the boundary between the routes: the envelope sender of a message decides by which account it leaves, so a message has
# only a sender that its Unix user may use. Any other one becomes that user's own, and the message is held.
# - Whose message it is says the line that pickup(8) writes before anything of a site. header_checks(5) copy its number
#   and queue id into a header above it; the first header of that name counts, and only with this message's own id.
# - Run as nobody by spawn(8), for each message. Without an answer pickup(8) keeps the message and tries again.
# The lines after __DATA__: may UID OWN SENDER…, hold UID|all, without default|hold.
use strict;
use warnings;

use constant { CHGFROM => 0x40, QUARANTINE => 0x20 };
# connect, HELO, recipients, body, end of header, unknown and DATA are not told; headers want no answer
use constant PROTOCOL => 0x01 | 0x02 | 0x08 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200;

my (%may, %own, %held, %routed);
my $without = 'default';
while (<DATA>) {
	my ($word, $of, $own, @senders) = split;
	if ($word eq 'may') { $own{$of} = $own; $may{$of}{$_} = $routed{$_} = 1 for $own, @senders }
	if ($word eq 'hold') { $held{$of} = 1 }
	if ($word eq 'without') { $without = $of }
}

# who is over the cap, as email-gateway-caps counts
if (open my $door, '<', $ENV{EMAIL_GATEWAY_AT_DOOR} // '/var/lib/email-gateway-caps/at-door') {
	$held{$_} = 1 for split ' ', <$door> // '';
}

sub among {
	my ($sender, $of) = @_;
	return $of->{$sender} || ($sender =~ /(@[^@]*)\z/ && $of->{$1});
}

# what is done with a message: the sender it gets instead, and why it is held
sub judge {
	my ($uid, $sender) = @_;
	my $user = getpwuid $uid;
	my $held = $held{all} ? 'the sandbox' : $held{$uid} ? 'sending is paused' : undef;
	# root may be anybody, and what Postfix itself queues again was judged before
	return (undef, $held) if $uid == 0 || ($user // '') eq 'postfix';
	if ($may{$uid}) {
		return among($sender, $may{$uid}) ? (undef, $held) : ($own{$uid}, 'sender not listed for this user');
	}
	return (($user // "uid-$uid") . '@localhost', 'sender of another route') if among($sender, \%routed);
	return (undef, $held // ($without eq 'hold' ? 'no route' : undef));
}

sub receive {
	my ($length) = unpack 'N', take(4);
	exit if $length < 1 || $length > 1 << 26;
	return unpack 'a a*', take($length);
}
sub take {
	my ($wanted) = @_;
	my $data = '';
	while (length $data < $wanted) { sysread(STDIN, $data, $wanted - length $data, length $data) or exit }
	return $data;
}
sub answer {
	my $packet = pack 'N/a*', join '', @_;
	while (length $packet) { my $sent = syswrite(STDOUT, $packet) or exit; substr $packet, 0, $sent, '' }
}

my ($id, $sender, $submitted) = ('', '', undef);
while (1) {
	my ($command, $data) = receive();
	if ($command eq 'O') {
		my ($version, $actions, $protocol) = unpack 'NNN', $data;
		exit if ($actions & (CHGFROM | QUARANTINE)) != (CHGFROM | QUARANTINE) || ($protocol & PROTOCOL) != PROTOCOL;
		answer('O', pack 'NNN', $version < 6 ? $version : 6, CHGFROM | QUARANTINE, PROTOCOL);
	} elsif ($command eq 'D') {
		my ($for, %macros) = (substr($data, 0, 1), split(/\0/, substr($data, 1) . "\0 ", -1));
		$id = $macros{i} // $macros{'{i}'} // $id;
	} elsif ($command eq 'M') {
		($sender) = split /\0/, $data;
		($sender, $submitted) = (lc(($sender // '') =~ s/\A<(.*)>\z/$1/sr), undef);
		answer('c');
	} elsif ($command eq 'L') {
		my ($name, $value) = split /\0/, $data;
		$submitted //= $value // '' if lc $name eq 'x-email-gateway-submitted';
	} elsif ($command eq 'E') {
		my ($uid, $of) = ($submitted // '') =~ /\A\s*(\d{1,10}) (\w+)\s*\z/;
		if (!defined $uid || $of ne $id) { answer('t'); next }
		my ($instead, $why) = judge($uid, $sender);
		answer('e', "<$instead>\0") if defined $instead;
		answer('q', "$why (uid=$uid)\0") if defined $why;
		answer('c');
	} elsif ($command eq 'Q') {
		exit;
	} elsif ($command ne 'A') {
		answer('c');
	}
}
__DATA__
