import sys

w=sys.stdout.write
n=int(sys.argv[1]) if len(sys.argv)>1 else 1_000_000
w(",".join("c%d"%i for i in range(n))); w("\n"); w(","*(n-1)); w("\n")
