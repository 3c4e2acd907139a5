"""An invented bulletin in the layout of Aetna's pages."""

PAGE = """<!DOCTYPE html><html><head><title>Sprained Antenna Repair - Medical Clinical Policy Bulletins | Aetna</title>
<script>var policy = "Aetna considers nothing";</script><style>p { color: red }</style></head><body>
<nav><ul><li>Home</li><li>Providers</li></ul></nav>
<main><h1>Sprained Antenna Repair</h1>
<p>Number: 9134</p>
<h2>Table Of Contents</h2><ul><li><a href="#p">Policy</a></li><li><a href="#b">Background</a></li></ul>
<h2 id="p">Policy</h2>
<h3>Scope of Policy</h3><p>This Clinical Policy Bulletin addresses sprained antenna repair.</p>
<ol type="I">
<li><p><strong>Medical Necessity</strong></p>
<p>Aetna considers antenna splinting medically necessary when <em>all</em> of the following criteria are met:</p>
<ol type="A"><li>Member is 18 years of age or older; <em>and</em></li>
<li>Member has failed <em>one</em> of the following:
<ol type="i"><li>Resting for at least 6 weeks<sup>1</sup>; <em>or</em></li><li>Warm wax.</li></ol></li></ol></li>
<li><p><strong>Experimental, Investigational, or Unproven</strong></p>
<p>Aetna considers magnetic antenna winding experimental, investigational, or unproven
because its effectiveness has not been established.</p></li>
</ol>
<h2>Table: CPT Codes / HCPCS Codes / ICD-10 Codes</h2>
<table><thead><tr><th>Code</th><th>Code Description</th></tr></thead><tbody>
<tr><td colspan="2"><h4>CPT codes covered if selection criteria are met:</h4></td></tr>
<tr><td>29999</td><td>Splinting of antenna</td></tr>
<tr><td colspan="2"><strong>CPT codes not covered for indications listed in the CPB:</strong></td></tr>
<tr><td>0999T</td><td>Magnetic winding</td></tr>
<tr><td colspan="2">Other HCPCS codes related to the CPB:</td></tr>
<tr><td>J9999</td><td>Wax, 10 mg</td></tr>
<tr><td colspan="2">ICD-10 codes covered if selection criteria are met:</td></tr>
<tr><td>S00.01 - S00.09</td><td>Sprain of antenna</td></tr></tbody></table>
<h2 id="b">Background</h2><p>Antennae are delicate. Code 12345 is mentioned here.</p>
<h2>References</h2><ol><li>Ant A. Splints. J Antenna. 2019;3(2):11-19.</li></ol></main>
<div><h2>Policy History</h2><ul><li>Last Review 03/12/2025</li><li>Effective: 06/19/1998</li><li>Next Review: 01/22/2026</li></ul></div>
<footer>Copyright</footer></body></html>"""
