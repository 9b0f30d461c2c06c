import random
import sys

n=int(sys.argv[1]) if len(sys.argv)>1 else 200_000
random.seed(2)
w=sys.stdout.write
w('{"type":"FeatureCollection","features":[')
for i in range(n):
    w((","if i else"")+'{"type":"Feature","properties":{"event_id":"NK%d","event_date":"2023-09-%02d"},"geometry":{"type":"Point","coordinates":[%.5f,%.5f]}}'%(i,1+i%30,45+random.random()*3,39+random.random()*2))
w("]}")
