import json
from urllib.request import urlopen

with urlopen("https://surveys.example.org/en/latest/papers.json") as file:
    data = json.load(file)

for paper in data["papers"].values():
    if "queue" in paper["tags"]:
        reference = data["references"][paper["cite"][0]]
        print(f"{paper['name']}: {reference['title']} ({reference['label']})")
        for relation in paper["relations"]:
            if relation["type"] == "extends":
                print(f"  {relation['label']} {data['papers'][relation['paper']]['name']}")
