"""Invented lists of what needs prior authorization, in the layouts that payers use."""

MATRIX = """<html><head><title>Prior Authorization List</title></head><body><h1>Meadow Health Plan Prior Authorization Code List</h1>
<p>Effective January 1, 2026</p><p>Codes that are not listed need no authorization.</p>
<table><tr><th>CPT/HCPCS Code</th><th>Description</th><th>Commercial</th><th>Medicare Advantage</th><th>Medicaid</th>
<th>Reviewed by</th></tr>
<tr><td colspan="6"><b>Imaging</b></td></tr>
<tr><td>70551</td><td>Picture of the left antenna</td><td>X</td><td>X</td><td></td><td>eviCore</td></tr>
<tr><td>70552</td><td>Picture of both antennae</td><td>Yes</td><td>No</td><td>Notification only</td><td>eviCore</td></tr>
<tr><th>CPT/HCPCS Code</th><th>Description</th><th>Commercial</th><th>Medicare Advantage</th><th>Medicaid</th><th>Reviewed by</th></tr>
<tr><td colspan="6"><b>Drugs</b></td></tr>
<tr><td>J9999</td><td>Wax, 10 mg</td><td>Required if more than 4 units</td><td>Not required</td><td>PA required</td>
<td>Health plan</td></tr>
<tr><td>J1000-J1005</td><td>Nectars</td><td>Y</td><td>N</td><td>Y</td><td></td></tr>
</table></body></html>"""

ROWS = "\n".join(
    (
        (
            "Procedure Code,Code Description,Prior Authorization Requirement,Line of "
            "Business,Delegated Vendor"
        ),
        '70551,"Picture of the antenna, left",Required,"Commercial, Exchange",Carelon',
        "70552,Picture of both antennae,Not required,Medicare Advantage,",
        "97110,Wing exercise,Required after 12 visits,Medicaid,",
        "97112,Balance,Ask the beekeeper,Commercial,",
    )
)
