#!/bin/bash
# How long the server takes from its command line to its last open port, how much memory it then needs, and how long a
# command takes. usage: startup.sh [ROUNDS]   (the distribution has to be built: mvn package)
set -u
here=$(cd "$(dirname "$0")" && pwd)
home=${SWITCHBOARD_HOME:-$here/../../launcher/target/switchboard}
rounds=${1:-11}
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT

now() { date +%s%N; }
milliseconds() { echo $((($2 - $1) / 1000000)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
range() { sort -n | awk '{ v[NR] = $1 } END { print v[1] "-" v[NR] }'; }

# Five services on ports of the loopback that are free now: the entries of etc/inetd.conf.
port=$((20000 + RANDOM % 10000))
sed -e "s/:7007/:$port/" -e "s/:7013/:$((port + 1))/" -e "s/:7079/:$((port + 2))/" "$home/etc/inetd.conf" > "$work/inetd.conf"

start() { # prints: ms from command line to the announcement of open ports, ms of processor time until then
    begin=$(now)
    mkfifo "$work/out"
    "$home/bin/switchboard" run --state "$work/state" "$work/inetd.conf" > "$work/out" 2> "$work/err" &
    pid=$!
    while read -r line; do
        case $line in "switchboard: ready"*) break ;; esac
    done < "$work/out"
    end=$(now)
    rm "$work/out"
    ticks=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
    echo "$(milliseconds "$begin" "$end") $((ticks * 1000 / $(getconf CLK_TCK)))"
}

stop() { # prints: ms from SIGTERM to the end
    begin=$(now)
    kill "$pid"
    wait "$pid"
    end=$(now)
    pid=
    milliseconds "$begin" "$end"
}

for round in $(seq "$rounds"); do
    start > "$work/start"
    cat "$work/start" >> "$work/starts"
    if [ "$round" = 1 ]; then
        # Without a cache: the very first start.
        mv "$work/starts" "$work/first"
    fi
    for _ in 1 2 3; do
        begin=$(now)
        "$home/bin/switchboard" --state "$work/state" list > /dev/null
        end=$(now)
        milliseconds "$begin" "$end" >> "$work/commands"
    done
    if [ "$round" = "$rounds" ]; then
        sleep 5
        awk '/^VmRSS/ { printf "idle resident memory, 5 s after the start   %d MB\n", $2 / 1000 }' "/proc/$pid/status"
    fi
    stop >> "$work/stops"
done
java=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p')
echo "first start, nothing cached                  $(cut -d' ' -f1 "$work/first") ms"
echo "start to listening, 5 services, median       $(cut -d' ' -f1 "$work/starts" | median) ms ($(cut -d' ' -f1 "$work/starts" | range); processor time $(cut -d' ' -f2 "$work/starts" | median) ms)"
echo "a command (list), its own start included     $(median < "$work/commands") ms ($(range < "$work/commands"))"
echo "SIGTERM to the end                           $(median < "$work/stops") ms ($(range < "$work/stops"))"
echo "Java $java, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg)"
