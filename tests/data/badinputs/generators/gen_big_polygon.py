import math
import sys

n=int(sys.argv[1]) if len(sys.argv)>1 else 1_000_000
w=sys.stdout.write
w('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"big"},"geometry":{"type":"Polygon","coordinates":[[')
for i in range(n):
    a=2*math.pi*i/n; r=1+0.1*math.sin(50*a)
    w("[%.9f,%.9f],"%(46.7+r*math.cos(a),39.8+r*math.sin(a)))
w("[%.9f,%.9f]]]}}]}"%(47.7,39.8))
