#!/usr/bin/perl
# Email Gateway: a mail filter of Postfix (MILTER_README) for what programs of this server hand over by sendmail. It holds
# the boundary between the routes: the envelope sender of a message decides by which account it leaves, so a message has
# only a sender that its Unix user may use. Any other one becomes that user's own, and the message is held.
# - Whose message it is says the line that pickup(8) writes before anything of a site. header_checks(5) copy its number
#   and queue id into a header above it; the first header of that name counts, and only with this message's own id.
# - Run as nobody by spawn(8), for each message. Without an answer pickup(8) keeps the message and tries again.
# - Where a route sends as one address, it is From and the envelope sender, and the site's own From becomes Reply-To, unless
#   the message has one. Recipients are never touched. With `smtp` that is all: whose message it is was asked before.
# The lines after __DATA__: may UID OWN SENDER…, as ADDRESS SENDER…, hold UID|all, without default|hold.
use strict;
use warnings;

use constant ACTIONS => 0x01 | 0x10 | 0x20 | 0x40; # add and change headers, quarantine, change the sender
# connect, HELO, recipients, body, end of header, unknown and DATA are not told; headers want no answer
use constant PROTOCOL => 0x01 | 0x02 | 0x08 | 0x10 | 0x40 | 0x80 | 0x100 | 0x200;

my (%may, %own, %held, %routed, %as);
my $without = 'default';
while (<DATA>) {
	my ($word, $of, $own, @senders) = split;
	if ($word eq 'may') { $own{$of} = $own; $may{$of}{$_} = $routed{$_} = 1 for $own, @senders }
	if ($word eq 'as') { $as{$_} = $of for $own, @senders }
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
		return (undef, $held) if among($sender, $may{$uid});
		return ($own{$uid}, 'sender not listed for this user');
	}
	return (($user // "uid-$uid") . '@localhost', 'sender of another route') if among($sender, \%routed);
	return (undef, $held // ($without eq 'hold' ? 'no route' : undef));
}

# From of one address, with the name that the site gave; what cannot be told apart for sure has none
sub from_as {
	my ($as, $from) = @_;
	my ($name) = ($from // '') =~ /\A\s*("(?:[^"\\\n]|\\.)*"|[^"\\<>,;:()\@\n]*?)\s*<[^<>]*>\s*\z/;
	return length($name // '') ? "$name <$as>" : $as;
}
sub send_as {
	my ($as, $sender, $reply_to, @from) = @_;
	answer('e', "<$as>\0") if $sender ne $as;
	my $from = from_as($as, $from[0]);
	return if @from == 1 && $from[0] eq $from;
	answer('m', pack('N', $_), "From\0\0") for reverse 2 .. @from;
	@from ? answer('m', pack('N', 1), "From\0$from\0") : answer('h', "From\0$from\0");
	answer('h', "Reply-To\0$from[0]\0") if @from && !$reply_to;
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

my $by_smtp = ($ARGV[0] // '') eq 'smtp';
my ($id, $sender, $submitted, $reply_to, @from) = ('', '');
while (1) {
	my ($command, $data) = receive();
	if ($command eq 'O') {
		my ($version, $actions, $protocol) = unpack 'NNN', $data;
		exit if ($actions & ACTIONS) != ACTIONS || ($protocol & PROTOCOL) != PROTOCOL;
		answer('O', pack 'NNN', $version < 6 ? $version : 6, ACTIONS, PROTOCOL);
	} elsif ($command eq 'D') {
		my ($for, %macros) = (substr($data, 0, 1), split(/\0/, substr($data, 1) . "\0 ", -1));
		$id = $macros{i} // $macros{'{i}'} // $id;
	} elsif ($command eq 'M') {
		($sender) = split /\0/, $data;
		$sender = lc(($sender // '') =~ s/\A<(.*)>\z/$1/sr);
		# as Postfix will write what comes by SMTP
		$sender =~ s/\.+\z// if $by_smtp;
		$sender .= '@localhost' if $by_smtp && $sender =~ /\A[^@]+\z/;
		($submitted, $reply_to, @from) = ();
		answer('c');
	} elsif ($command eq 'L') {
		my ($name, $value) = split /\0/, $data;
		$submitted //= $value // '' if lc $name eq 'x-email-gateway-submitted';
		push @from, $value // '' if lc $name eq 'from';
		$reply_to = 1 if lc $name eq 'reply-to';
	} elsif ($command eq 'E') {
		my ($uid, $of) = ($submitted // '') =~ /\A\s*(\d{1,10}) (\w+)\s*\z/;
		if (!$by_smtp && (!defined $uid || $of ne $id)) { answer('t'); next }
		my ($instead, $why) = $by_smtp ? () : judge($uid, $sender);
		my $as = among($instead // $sender, \%as);
		answer('e', "<$instead>\0") if defined $instead && !$as;
		send_as($as, $sender, $reply_to, @from) if $as;
		answer('q', "$why (uid=$uid)\0") if defined $why;
		answer('c');
	} elsif ($command eq 'Q') {
		exit;
	} elsif ($command ne 'A') {
		answer('c');
	}
}
__DATA__
