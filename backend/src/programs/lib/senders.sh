# shellcheck shell=sh disable=SC2154
# Whose messages in the queue are. Changes nothing.

# whose sending is paused: `UID:hold UID:refuse`
paused_users() { sed -n '2s/^# paused://p' "$root/usr/local/sbin/email-gateway-submitter" 2>/dev/null; }
# ids of messages that a pause or a cap holds
held_by_pause() {
	held_for=$(paused_users | sed 's/:[a-z]*//g; s/^ *$//')$(users_over | sed 's/^/ /' | tr -d '\n')
	# shellcheck disable=SC2086 # numbers
	[ -z "$held_for" ] || messages_in hold | ids_of $held_for
}

# The first line of the message as Postfix wrote it into its queue file (records of type, length, data): pickup(8) names
# the user before anything that a site wrote. What came by SMTP is told as `smtp ID`: the log names the user.
# shellcheck disable=SC2016 # it is perl
first_lines='
	my %wanted = map { $_ => 1 } @ARGV;
	while (my $path = <STDIN>) {
		chomp $path;
		open(my $file, "<:raw", $path) or next;
		my ($id) = $path =~ m{([^/]+)\z};
		my $jumps = 0;
		while (read($file, my $type, 1)) {
			my ($length, $shift, $byte) = (0, 0, "\x80");
			while (ord($byte) & 128) {
				read($file, $byte, 1) && $shift < 28 or last;
				$length |= (ord($byte) & 127) << $shift;
				$shift += 7;
			}
			last if read($file, my $text, $length) != $length;
			# what a mail filter changed lies at the end of the file, and points back
			if ($type eq "p" && $text =~ /^ *([1-9]\d*)/) { last if ++$jumps > 20 || !seek($file, $1, 0); next }
			# with routes a line of ours stands above that of pickup
			next if $type ne "N" || $text =~ /^X-Email-Gateway-Submitted: /;
			if ($text =~ /^Received: by \S+ \(Postfix, from userid (\d+)\)$/) { print "user $id\n" if $wanted{$1} }
			elsif ($text =~ /^Received: from /) { print "smtp $id\n" }
			last;
		}
	}'

# ids_of UID…: of the messages whose files are named on standard input, the ids of those that these users handed over
ids_of() {
	perl -e "$first_lines" "$@" | {
		by_smtp=''
		while IFS=' ' read -r how id; do
			if [ "$how" = user ]; then echo "$id"; else by_smtp="$by_smtp $id"; fi
		done
		[ -z "$by_smtp" ] || ids_in_log "$by_smtp" "$@"
	}
}
# ids_in_log IDS UID…: the first line that names the user of a message counts; nobody knows an id before
ids_in_log() {
	ids=$1
	shift
	log_files | tac | while IFS= read -r file; do log_bytes "$file" 0 | grep -E 'smtpd\[[0-9]+\]: [0-9A-Za-z]+: (info|hold): (DATA|BDAT) from '; done |
		awk -v ids="$ids" -v uids="$*" '
			BEGIN { n = split(ids, i, " "); while (n) asked[i[n--]]; n = split(uids, u, " "); while (n) wanted[u[n--]] }
			match($0, /smtpd\[[0-9]+\]: [0-9A-Za-z]+: (info|hold): (DATA|BDAT) from [^ ]+: (<[A-Z]+>: [A-Za-z]+ command )?uid=[0-9]+;/) {
				n = split(substr($0, RSTART, RLENGTH), word, " ")
				id = word[2]; uid = word[n]
				gsub(/[^0-9A-Za-z]/, "", id); gsub(/[^0-9]/, "", uid)
				if (!(id in asked)) next
				delete asked[id]
				if (uid in wanted) print id
			}'
}
